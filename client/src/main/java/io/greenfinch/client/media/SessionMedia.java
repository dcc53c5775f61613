package io.greenfinch.client.media;

import io.greenfinch.client.stanza.Exchange;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Refusal;
import io.greenfinch.client.stanza.Silence;
import io.greenfinch.client.stanza.Wire;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.protocol.media.MediaDigest;
import io.greenfinch.protocol.media.MediaKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Files over a session's wire, and HTTP beside it. */
public final class SessionMedia implements Media {

    private static final Duration TO_FIND_HOSTS = Duration.ofSeconds(30);

    private final Wire wire;
    private final MediaServer server;
    private final Reupload reupload;
    private final SecureRandom random;

    /** Nothing for accounts without files: idle sessions cost nothing. */
    private volatile @Nullable MediaHosts known;

    /**
     * Files over this wire.
     *
     * @param self our own account by PN; empty when not linked
     * @param line sends a stanza; false when there is no connection
     */
    public static SessionMedia over(
            Wire wire,
            MediaServer server,
            MediaRetries retries,
            SecureRandom random,
            Supplier<Optional<Jid>> self,
            Predicate<Node> line) {
        Reupload reupload = new Reupload(wire, retries, self, line, random);
        return new SessionMedia(wire, server, reupload, random);
    }

    private SessionMedia(Wire wire, MediaServer server, Reupload reupload, SecureRandom random) {
        this.wire = wire;
        this.server = server;
        this.reupload = reupload;
        this.random = random;
    }

    @Override
    public Outcome<StoredMedia> upload(Content file, MediaKind kind, Path scratch, Instant deadline)
            throws IOException {
        try {
            // Nothing is encrypted for a host that nobody knows.
            Outcome<MediaHosts> hosts = hosts(deadline);
            if (!(hosts instanceof Outcome.Done<MediaHosts>)) {
                return hosts.instead();
            }
            Upload upload = Upload.of(file, kind, scratch, random, wire.clock().instant());
            Outcome<StoredMedia> outcome = upload.to(server, hosts, wire, deadline);
            if (outcome.equals(Upload.NOT_PERMITTED)) {
                known = null;
                outcome = upload.to(server, hosts(deadline), wire, deadline);
            }
            return outcome.equals(Upload.NOT_PERMITTED) ? new Outcome.Unknown<>(Silence.NOT_SENT) : outcome;
        } finally {
            Files.deleteIfExists(scratch);
        }
    }

    @Override
    public Outcome<MediaDigest> download(MediaReference reference, Path into, long most, Instant deadline)
            throws IOException {
        boolean fetched = false;
        try {
            Outcome<MediaDigest> outcome = download(reference, () -> Files.newOutputStream(into), most, deadline);
            fetched = outcome instanceof Outcome.Done<MediaDigest>;
            return outcome;
        } finally {
            if (!fetched) {
                Files.deleteIfExists(into);
            }
        }
    }

    @Override
    public Outcome<MediaDigest> download(MediaReference reference, Sink into, long most, Instant deadline)
            throws IOException {
        Outcome<MediaDigest> outcome = fetch(reference, into, most, deadline);
        if (outcome instanceof Outcome.Refused<MediaDigest> refused
                && refused.reason() == Refusal.GONE
                && reference.origin().isPresent()) {
            Reupload.Answer answer = reupload.ask(reference, reference.origin().get(), deadline);
            return switch (answer.said()) {
                case STORED -> fetch(reference.at(answer.directPath()), into, most, deadline);
                case NOT_THERE -> outcome;
                // The phone may be back soon.
                case NOTHING -> new Outcome.Unknown<>(Silence.UNKNOWN);
            };
        }
        return outcome;
    }

    private Outcome<MediaDigest> fetch(MediaReference reference, Sink into, long most, Instant deadline)
            throws IOException {
        Outcome<MediaHosts> hosts = hosts(deadline);
        return hosts instanceof Outcome.Done<MediaHosts>(MediaHosts told)
                ? new Download(reference, told, server, wire, deadline).into(into, most)
                // Who is not told where files are knows nothing of this one.
                : hosts instanceof Outcome.Refused<MediaHosts>
                        ? new Outcome.Unknown<>(Silence.UNKNOWN)
                        : hosts.instead();
    }

    /** Where files are stored just now; asked for when that is not known any more. */
    private Outcome<MediaHosts> hosts(Instant deadline) {
        MediaHosts current = known;
        if (current != null && wire.clock().instant().isBefore(current.until())) {
            return new Outcome.Done<>(current);
        }
        Instant soon = wire.clock().instant().plus(TO_FIND_HOSTS);
        Outcome<MediaHosts> asked = Exchange.ask(
                wire,
                MediaHostsQuestion.stanza(),
                new MediaHostsQuestion(wire.clock()),
                soon.isBefore(deadline) ? soon : deadline);
        asked.done().ifPresent(fresh -> known = fresh);
        return asked;
    }
}
