package io.greenfinch.simulator.media;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * What clients store and fetch. Files are kept in a temporary folder as long as this is open, at most so many bytes of them.
 * Thread-safe, and without the world's lock, for files are large.
 */
public final class MediaHost implements AutoCloseable {

    /** Real hosts take about that. */
    public static final long LARGEST = 2L << 30;

    /** So much room there is; then nothing more is taken. */
    private static final long ROOM = 8L << 30;

    /** So long a client may store with one permit. */
    static final Duration PERMIT = Duration.ofHours(6);

    private static final Duration LIFE = Duration.ofDays(30);
    private static final int MOST_PERMITS = 100_000;
    private static final int BUFFER = 64 * 1024;

    /** What came of storing. */
    public sealed interface Outcome {

        /** It is there; {@code path} leads to it, with what it needs behind a question mark. */
        record Stored(String path) implements Outcome {}

        /** What came is not what its name says. */
        record Altered() implements Outcome {}

        /** There is no room for it. */
        record Full() implements Outcome {}
    }

    private final Clock clock;
    private final SecureRandom random;
    private final Path folder;
    private final Map<String, Instant> permits = new LinkedHashMap<>();
    private final Map<String, StoredFile> byId = new ConcurrentHashMap<>();
    private final Map<String, StoredFile> byToken = new ConcurrentHashMap<>();

    /** What is forgotten here, and phones have on their own disks. */
    private final Map<String, StoredFile> onPhones = new ConcurrentHashMap<>();

    private final AtomicLong used = new AtomicLong();

    /** An empty one. */
    public MediaHost(Clock clock, SecureRandom random) {
        this.clock = clock;
        this.random = random;
        try {
            folder = Files.createTempDirectory("greenfinch-media-");
        } catch (IOException e) {
            throw new UncheckedIOException("there is no room for files", e);
        }
    }

    /** Lets a client store files for a time. */
    public String permit() {
        String permit = word(16);
        synchronized (permits) {
            if (permits.size() >= MOST_PERMITS) {
                permits.remove(permits.keySet().iterator().next());
            }
            permits.put(permit, clock.instant().plus(PERMIT));
        }
        return permit;
    }

    /** Whether it is one that still holds. */
    public boolean admits(String permit) {
        synchronized (permits) {
            Instant until = permits.get(permit);
            return until != null && clock.instant().isBefore(until);
        }
    }

    /** No permit holds any more. */
    public void endPermits() {
        synchronized (permits) {
            permits.clear();
        }
    }

    /** All files are forgotten, as they are after their time, but not by phones; how many there were. */
    public int expire() {
        int count = byId.size();
        byId.values().forEach(this::forget);
        return count;
    }

    /** Phones forget what files they had, too. */
    public void forgetOnPhones() {
        onPhones.forEach((token, file) -> {
            if (onPhones.remove(token, file)) {
                drop(file);
            }
        });
    }

    private void drop(StoredFile file) {
        try {
            letGo(file.content());
        } catch (IOException e) {
            throw new UncheckedIOException("a file can't be forgotten", e);
        }
    }

    /** A phone stores a file again, which is somewhere else then; empty when it has it no more. */
    public Optional<String> storeAgain(String token) {
        String plain = plain(token);
        StoredFile known = Optional.ofNullable(byToken.get(plain)).orElseGet(() -> onPhones.remove(plain));
        if (known == null) {
            return Optional.empty();
        }
        StoredFile again = new StoredFile(
                word(16),
                known.content(),
                plain,
                known.length(),
                clock.instant().plus(LIFE));
        byId.remove(known.id());
        byId.put(again.id(), again);
        byToken.put(plain, again);
        return Optional.of(path(again));
    }

    /** Where a file is that was stored under this token. */
    public Optional<String> find(String token) {
        return Optional.ofNullable(byToken.get(plain(token)))
                .flatMap(this::living)
                .map(this::path);
    }

    /**
     * Takes a file in.
     *
     * @param token the SHA-256 of its bytes, in base64 for addresses, padded or not
     * @throws IOException when it does not come to its end
     */
    public Outcome store(String token, InputStream bytes) throws IOException {
        String id = word(16);
        Path content = folder.resolve(id);
        MessageDigest digest = sha256();
        long length;
        boolean whole;
        try (OutputStream to = new DigestOutputStream(Files.newOutputStream(content), digest)) {
            whole = copied(bytes, to);
        } catch (IOException e) {
            letGo(content);
            throw e;
        }
        length = Files.size(content);
        String actual = Base64.getUrlEncoder().withoutPadding().encodeToString(digest.digest());
        if (!whole || !actual.equals(plain(token))) {
            letGo(content);
            return whole ? new Outcome.Altered() : new Outcome.Full();
        }
        StoredFile file =
                new StoredFile(id, content, actual, length, clock.instant().plus(LIFE));
        byId.put(id, file);
        byToken.put(actual, file); // links to an earlier copy lead there as before
        return new Outcome.Stored(path(file));
    }

    /** Whether there was room for all of them; what is written counts as used at once. */
    private boolean copied(InputStream from, OutputStream to) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long length = 0;
        for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
            length += read;
            if (length > LARGEST || used.get() + read > ROOM) {
                return false;
            }
            to.write(buffer, 0, read);
            used.addAndGet(read);
        }
        return true;
    }

    private void letGo(Path content) throws IOException {
        used.addAndGet(-Files.size(content));
        Files.deleteIfExists(content);
    }

    /** A file by its part of the path; empty when its time is over, too. */
    Optional<StoredFile> file(String id) {
        return Optional.ofNullable(byId.get(id)).flatMap(this::living);
    }

    private Optional<StoredFile> living(StoredFile file) {
        if (clock.instant().isBefore(file.until())) {
            return Optional.of(file);
        }
        forget(file);
        return Optional.empty();
    }

    private void forget(StoredFile file) {
        if (byId.remove(file.id(), file)) {
            byToken.remove(file.token(), file);
            StoredFile before = onPhones.put(file.token(), file);
            if (before != null && !before.content().equals(file.content())) {
                drop(before);
            }
        }
    }

    private String path(StoredFile file) {
        return MediaHandler.FOLDER + file.id() + "?ccb=11-4&oh=" + word(8) + "&oe="
                + Long.toHexString(file.until().getEpochSecond());
    }

    private static String plain(String token) {
        return token.replace("=", "");
    }

    private String word(int bytes) {
        byte[] word = new byte[bytes];
        random.nextBytes(word);
        return HexFormat.of().formatHex(word);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("the JDK has no SHA-256", e);
        }
    }

    /** Forgets everything; a second time nothing is left to do. */
    @Override
    public void close() {
        byId.clear();
        byToken.clear();
        onPhones.clear();
        if (Files.notExists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("the folder of files can't be removed", e);
        }
    }
}
