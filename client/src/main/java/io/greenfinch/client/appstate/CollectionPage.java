package io.greenfinch.client.appstate;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.greenfinch.protocol.appstate.AppStateCollection;
import io.greenfinch.protocol.appstate.AppStateKey;
import io.greenfinch.protocol.appstate.AppStateLookup;
import io.greenfinch.protocol.appstate.AppStateMutation;
import io.greenfinch.protocol.appstate.AppStateReader;
import io.greenfinch.protocol.appstate.Application;
import io.greenfinch.protocol.appstate.CollectionState;
import io.greenfinch.protocol.proto.SyncdMutation;
import io.greenfinch.protocol.proto.SyncdMutations;
import io.greenfinch.protocol.proto.SyncdPatch;
import io.greenfinch.protocol.proto.SyncdSnapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What one answer of the server makes of a collection, before anything of it is stored. For one thread. */
final class CollectionPage implements AppStateLookup {

    /** How reading ended. What was read before counts in any case. */
    enum End {
        READ,
        /** The next part is encrypted with {@link #missingKey}. */
        KEY_MISSING,
        /** A file of it can't be had just now. */
        NOT_FETCHED,
        /** Something is not genuine, or does not follow what we know. */
        NOT_AUTHENTIC
    }

    private final StoredAppState stored;
    private final ExternalBlobs blobs;
    private final AppStateCollection collection;
    private final AppStateReader reader;

    /** Of one of which nothing is known, what is stored is what is left of a page that did not come to its end. */
    private final boolean known;

    private final List<AppStateMutation> mutations = new ArrayList<>();
    private final Map<ByteString, Optional<ByteString>> overlay = new HashMap<>();
    private CollectionState state;
    private ByteString missing = ByteString.EMPTY;

    /** @param before how far the collection is known */
    CollectionPage(AppStateCollection collection, CollectionState before, StoredAppState stored, ExternalBlobs blobs) {
        this.collection = collection;
        this.state = before;
        this.known = before.version() > 0;
        this.stored = stored;
        this.blobs = blobs;
        this.reader = new AppStateReader(collection, this);
    }

    /** Reads an answer as far as that is possible. */
    End read(CollectionAnswer answer, Instant deadline) {
        if (answer.snapshot().isPresent()) {
            if (state.version() > 0) {
                return End.NOT_AUTHENTIC; // nobody asked for it
            }
            Optional<byte[]> blob = blobs.fetch(answer.snapshot().get(), deadline);
            if (blob.isEmpty()) {
                return End.NOT_FETCHED;
            }
            End end = take(snapshot(blob.get()));
            if (end != End.READ) {
                return end;
            }
        }
        lookAhead(answer.patches());
        for (SyncdPatch patch : answer.patches()) {
            if (patch.getVersion().getVersion() > state.version() || !patch.hasVersion()) {
                End end = patch(patch, deadline);
                if (end != End.READ) {
                    return end;
                }
            }
        }
        return End.READ;
    }

    /** Reads what stands in the store of all that patches change at once, and not for each patch. */
    private void lookAhead(List<SyncdPatch> patches) {
        List<ByteString> changed = patches.stream()
                .flatMap(patch -> patch.getMutationsList().stream())
                .map(mutation -> mutation.getRecord().getIndex().getBlob())
                .toList();
        Map<ByteString, ByteString> found = valueMacs(changed);
        changed.forEach(mac -> overlay.putIfAbsent(mac, Optional.ofNullable(found.get(mac))));
    }

    private Application snapshot(byte[] blob) {
        try {
            return reader.snapshot(SyncdSnapshot.parseFrom(blob));
        } catch (InvalidProtocolBufferException _) {
            return new Application.Failed(Application.Reason.MALFORMED);
        }
    }

    private End patch(SyncdPatch patch, Instant deadline) {
        List<SyncdMutation> external = List.of();
        if (patch.hasExternalMutations()) {
            Optional<byte[]> blob = blobs.fetch(patch.getExternalMutations(), deadline);
            if (blob.isEmpty()) {
                return End.NOT_FETCHED;
            }
            try {
                external = SyncdMutations.parseFrom(blob.get()).getMutationsList();
            } catch (InvalidProtocolBufferException _) {
                return End.NOT_AUTHENTIC;
            }
        }
        return take(reader.patch(state, patch, external));
    }

    private End take(Application application) {
        return switch (application) {
            case Application.Applied(CollectionState after, List<AppStateMutation> made) -> {
                state = after;
                mutations.addAll(made);
                made.forEach(each ->
                        overlay.put(each.indexMac(), each.removal() ? Optional.empty() : Optional.of(each.valueMac())));
                yield End.READ;
            }
            case Application.KeyMissing(ByteString id) -> {
                missing = id;
                yield End.KEY_MISSING;
            }
            case Application.Failed failed -> End.NOT_AUTHENTIC;
        };
    }

    /** How far the collection is known after what was read. */
    CollectionState state() {
        return state;
    }

    /** What was read, in order. */
    List<AppStateMutation> mutations() {
        return mutations;
    }

    /** The key that was not shared with us. */
    ByteString missingKey() {
        return missing;
    }

    @Override
    public Optional<AppStateKey> key(ByteString id) {
        return stored.key(id);
    }

    @Override
    public Map<ByteString, ByteString> valueMacs(Collection<ByteString> indexMacs) {
        List<ByteString> unread = indexMacs.stream()
                .filter(mac -> known && !overlay.containsKey(mac))
                .distinct()
                .toList();
        Map<ByteString, ByteString> found =
                new HashMap<>(unread.isEmpty() ? Map.of() : stored.valueMacs(collection, unread));
        for (ByteString mac : indexMacs) {
            overlay.getOrDefault(mac, Optional.empty()).ifPresent(value -> found.put(mac, value));
        }
        return found;
    }
}
