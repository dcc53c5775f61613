package io.greenfinch.client.media;

import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Refusal;
import io.greenfinch.client.stanza.Silence;
import io.greenfinch.client.stanza.Wire;
import io.greenfinch.protocol.media.MediaCipher;
import io.greenfinch.protocol.media.MediaDigest;
import io.greenfinch.protocol.media.MediaKeys;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A file on its way here, from one host after the other (specification §20.4). For one thread. */
record Download(MediaReference reference, MediaHosts hosts, MediaServer server, Wire wire, Instant deadline) {

    /** Nothing that could be read, so often in a row, is the end of it. */
    private static final int ATTEMPTS = 6;

    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);

    /** What a stored file has more than the file: a block at most, and ten bytes of its tag. */
    private static final long OVERHEAD = 26;

    /** Fetches it and decrypts it in passing. */
    Outcome<MediaDigest> into(Media.Sink file, long most) throws IOException {
        if (Long.compareUnsigned(reference.file().length(), most) > 0) {
            return new Outcome.Refused<>(Refusal.TOO_LARGE, 0);
        }
        Optional<String> path = reference.path();
        if (path.isEmpty() || reference.file().mediaKey().length != MediaKeys.MEDIA_KEY_LENGTH) {
            return new Outcome.Refused<>(Refusal.DAMAGED, 0);
        }
        long expected = reference.file().length() > 0 ? reference.file().length() : most;
        try (MediaBlob blob = new MediaBlob((from, failures) -> open(path.get(), from, failures), expected + OVERHEAD);
                OutputStream to = file.open()) {
            return MediaCipher.decrypt(
                            MediaKeys.derive(
                                    reference.file().mediaKey(),
                                    reference.file().kind()),
                            blob,
                            to,
                            expected)
                    .filter(this::isTheFile)
                    .<Outcome<MediaDigest>>map(Outcome.Done::new)
                    .orElseGet(() -> new Outcome.Refused<>(Refusal.DAMAGED, 0));
        } catch (MediaBlob.TooLarge e) {
            // It says of itself that it is smaller than it is.
            return new Outcome.Refused<>(reference.file().length() > 0 ? Refusal.DAMAGED : Refusal.TOO_LARGE, 0);
        } catch (TransferException e) {
            return e.gone()
                    ? new Outcome.Refused<>(Refusal.GONE, e.status())
                    : new Outcome.Unknown<>(e.status() == 429 ? Silence.RATE_LIMITED : Silence.UNKNOWN);
        }
    }

    private boolean isTheFile(MediaDigest digest) {
        return matches(reference.file().sha256(), digest.sha256())
                && matches(reference.file().encryptedSha256(), digest.encryptedSha256());
    }

    private static boolean matches(byte[] told, byte[] actual) {
        return told.length == 0 || MessageDigest.isEqual(told, actual);
    }

    private MediaServer.Reply open(String path, long from, int failures) throws IOException {
        int attempt = failures;
        if (attempt >= ATTEMPTS) {
            throw new TransferException("a media host cuts every connection", 0);
        }
        if (attempt > 0) {
            rest(attempt);
        }
        while (true) {
            try {
                return opened(path, from);
            } catch (TransferException e) {
                attempt++;
                if (attempt >= ATTEMPTS || e.gone() || !wire.clock().instant().isBefore(deadline)) {
                    throw e;
                }
                rest(attempt);
            }
        }
    }

    /** The answer of the first host that has it; what the last one says when none has. */
    private MediaServer.Reply opened(String path, long from) throws IOException {
        TransferException failure = new TransferException("there is no media host", 0);
        boolean gone = false;
        for (String host : server.distinct(hosts.names())) {
            try {
                MediaServer.Reply reply = server.get(host, path + query(path), from, left());
                if (reply.status() == 200 || reply.status() == 206) {
                    return reply;
                }
                reply.close();
                failure = new TransferException("a media host answered " + reply.status(), reply.status());
                gone |= failure.gone();
            } catch (TransferException e) {
                failure = gone ? failure : e;
            }
        }
        throw failure;
    }

    /** What hosts are asked in addition to the path that the message tells. */
    private String query(String path) {
        List<String> more = reference.file().encryptedSha256().length == 0
                ? List.of("mms-type=" + reference.file().kind().path())
                : List.of(
                        "hash="
                                + Base64.getUrlEncoder()
                                        .encodeToString(reference.file().encryptedSha256()),
                        "mms-type=" + reference.file().kind().path());
        return (path.contains("?") ? "&" : "?") + String.join("&", more) + "&__wa-mms=";
    }

    private Duration left() {
        return Duration.between(wire.clock().instant(), deadline);
    }

    private void rest(int attempt) {
        Instant until = wire.clock().instant().plus(FIRST_PAUSE.multipliedBy(1L << Math.min(attempt - 1, 5)));
        wire.pause(new CompletableFuture<>(), until.isBefore(deadline) ? until : deadline);
    }
}
