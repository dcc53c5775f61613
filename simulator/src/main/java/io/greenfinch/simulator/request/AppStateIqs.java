package io.greenfinch.simulator.request;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.greenfinch.protocol.appstate.AppStateCollection;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.protocol.media.MediaCipher;
import io.greenfinch.protocol.media.MediaDigest;
import io.greenfinch.protocol.media.MediaKeys;
import io.greenfinch.protocol.media.MediaKind;
import io.greenfinch.protocol.proto.ExternalBlobReference;
import io.greenfinch.protocol.proto.SyncdPatch;
import io.greenfinch.protocol.proto.SyncdSnapshot;
import io.greenfinch.simulator.appstate.PatchLog;
import io.greenfinch.simulator.group.ServiceRefusal;
import io.greenfinch.simulator.media.MediaHost;
import io.greenfinch.simulator.stanza.ServerStanzas;
import io.greenfinch.simulator.world.World;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The app state of an account (specification §23): its devices fetch what the others have written, and write themselves, each on top of
 * what was there.
 */
final class AppStateIqs {

    /** So many patches one answer has of a collection. */
    private static final int PAGE = 50;

    private final World world;
    private final Policy policy;
    private final MediaHost media;

    private AppStateIqs(World world, Policy policy, MediaHost media) {
        this.world = world;
        this.policy = policy;
        this.media = media;
    }

    static void register(IqRouter router, World world, Policy policy, MediaHost media) {
        AppStateIqs iqs = new AppStateIqs(world, policy, media);
        router.on("w:sync:app:state", "set", "sync", iqs::sync);
    }

    private IqAnswer sync(IqRequest request) {
        List<Node> asked = request.child().children("collection");
        if (asked.isEmpty() || asked.size() > AppStateCollection.values().length) {
            return IqAnswer.refused(ServiceRefusal.BAD_REQUEST);
        }
        Node.Builder sync = Node.element("sync");
        asked.forEach(collection -> sync.child(answer(request, collection)));
        return IqAnswer.result(sync.build());
    }

    private Node answer(IqRequest request, Node asked) {
        String name = asked.attribute("name").orElse("");
        long version = asked.number("version").orElse(0);
        Node.Builder answer = Node.element("collection").attribute("name", name);
        Optional<AppStateCollection> collection = AppStateCollection.of(name);
        if (collection.isEmpty()) {
            return refused(answer, ServiceRefusal.ITEM_NOT_FOUND);
        }
        PatchLog log = request.account().appState().log(collection.get());
        if (version > log.version()) {
            return refused(answer, ServiceRefusal.BAD_REQUEST);
        }
        Optional<Node> patch = asked.child("patch");
        if (patch.isPresent()) {
            return write(request, collection.get(), log, version, patch.get(), answer);
        }
        boolean whole = version == 0 && asked.is("return_snapshot", "true") && log.version() > policy.snapshotAfter();
        Optional<SyncdSnapshot> snapshot = whole ? log.snapshot() : Optional.empty();
        snapshot.ifPresent(
                all -> answer.child(Node.bytes("snapshot", stored(all).toByteArray())));
        return told(answer, log, snapshot.isPresent() ? log.version() : version)
                .attribute("type", "result")
                .build();
    }

    private Node write(
            IqRequest request,
            AppStateCollection collection,
            PatchLog log,
            long version,
            Node patch,
            Node.Builder answer) {
        if (version < log.version()) {
            return told(answer, log, version)
                    .attribute("type", "error")
                    .child(ServerStanzas.error(ServiceRefusal.CONFLICT))
                    .build();
        }
        Optional<SyncdPatch> written = read(patch).filter(PatchLog::admits);
        if (written.isEmpty() || log.full()) {
            return refused(answer, ServiceRefusal.BAD_REQUEST);
        }
        log.append(written.get());
        world.appStateChanged(request.device(), collection);
        return answer.attribute("version", log.version())
                .attribute("type", "result")
                .build();
    }

    /** The patches behind a version, or the first of them. */
    private static Node.Builder told(Node.Builder answer, PatchLog log, long version) {
        List<byte[]> missing = log.since(version);
        List<byte[]> page = missing.subList(0, Math.min(PAGE, missing.size()));
        answer.attribute("version", version + page.size());
        if (page.size() < missing.size()) {
            answer.attribute("has_more_patches", "true");
        }
        if (!page.isEmpty()) {
            Node.Builder patches = Node.element("patches");
            page.forEach(each -> patches.child(Node.bytes("patch", each)));
            answer.child(patches);
        }
        return answer;
    }

    private static Node refused(Node.Builder answer, ServiceRefusal refusal) {
        return answer.attribute("type", "error")
                .child(ServerStanzas.error(refusal))
                .build();
    }

    private static Optional<SyncdPatch> read(Node patch) {
        try {
            return Optional.of(SyncdPatch.parseFrom(patch.content()));
        } catch (InvalidProtocolBufferException _) {
            return Optional.empty();
        }
    }

    /** Puts a snapshot where clients fetch files. */
    private ExternalBlobReference stored(SyncdSnapshot snapshot) {
        byte[] mediaKey = new byte[MediaKeys.MEDIA_KEY_LENGTH];
        world.random().nextBytes(mediaKey);
        ByteArrayOutputStream blob = new ByteArrayOutputStream();
        try {
            MediaDigest digest = MediaCipher.encrypt(
                    MediaKeys.derive(mediaKey, MediaKind.APP_STATE),
                    new ByteArrayInputStream(snapshot.toByteArray()),
                    blob);
            String token = Base64.getUrlEncoder().withoutPadding().encodeToString(digest.encryptedSha256());
            if (media.store(token, new ByteArrayInputStream(blob.toByteArray()))
                    instanceof MediaHost.Outcome.Stored(String path)) {
                return ExternalBlobReference.newBuilder()
                        .setMediaKey(ByteString.copyFrom(mediaKey))
                        .setDirectPath(path)
                        .setFileSizeBytes(digest.length())
                        .setFileSha256(ByteString.copyFrom(digest.sha256()))
                        .setFileEncSha256(ByteString.copyFrom(digest.encryptedSha256()))
                        .build();
            }
            throw new IllegalStateException("there is no room for a snapshot of an app state");
        } catch (IOException e) {
            throw new UncheckedIOException("a snapshot of an app state can't be stored", e);
        }
    }
}
