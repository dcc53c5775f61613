package io.greenfinch.gateway.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/** The key under which everything secret is kept: 32 random bytes. {@link #toString} hides it. Immutable. */
public final class MasterKey {

    static final String FILE = "master.key";

    private static final int LENGTH = 32;

    private final byte[] bytes;

    private MasterKey(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Reads 64 hexadecimal digits; empty when {@code hex} is anything else. */
    public static Optional<MasterKey> ofHex(String hex) {
        try {
            byte[] bytes = HexFormat.of().parseHex(hex.strip());
            return bytes.length == LENGTH ? Optional.of(new MasterKey(bytes)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * The folder's own key, made when the folder is new.
     *
     * @throws UnusableDataException when it is missing although there is a database, or unreadable: a new key could not
     *     open what the old one closed
     */
    public static MasterKey ofFolder(DataFolder folder, SecureRandom random) {
        try {
            String hex = Files.readString(folder.files().masterKey());
            return ofHex(hex).orElseThrow(() -> damaged(folder.files().masterKey()));
        } catch (NoSuchFileException e) {
            return create(folder, random);
        } catch (IOException e) {
            throw unreadable(folder.files().masterKey(), e);
        }
    }

    /**
     * The folder's own key, which must be there.
     *
     * @throws UnusableDataException when it is not, or is unreadable
     */
    static MasterKey kept(DataFolder folder) {
        if (Files.notExists(folder.files().masterKey())) {
            throw new UnusableDataException("The master key " + folder.files().masterKey()
                    + " is missing; put the copy there that was kept of it, for nothing else opens a backup.");
        }
        return ofFolder(folder, new SecureRandom());
    }

    /**
     * The key of a folder that another process may use.
     *
     * @throws UnusableDataException when it is missing or unreadable
     */
    static MasterKey in(DataFiles files) {
        Path file = files.masterKey();
        try {
            return ofHex(Files.readString(file)).orElseThrow(() -> damaged(file));
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static UnusableDataException damaged(Path file) {
        return new UnusableDataException(
                "The master key file " + file + " is damaged: 64 hexadecimal digits expected.");
    }

    private static UnusableDataException unreadable(Path file, IOException e) {
        return new UnusableDataException("The master key " + file + " can't be read: " + FileFailure.words(e) + ".", e);
    }

    private static MasterKey create(DataFolder folder, SecureRandom random) {
        if (Files.exists(folder.files().database())
                || Files.exists(folder.files().databaseState())) {
            throw new UnusableDataException("The master key " + folder.files().masterKey()
                    + " is missing, and without it the database in the same folder can't be opened.");
        }
        byte[] bytes = new byte[LENGTH];
        random.nextBytes(bytes);
        try {
            String hex = HexFormat.of().formatHex(bytes) + "\n";
            PrivateFiles.create(folder.files().masterKey(), hex.getBytes(StandardCharsets.US_ASCII));
            return new MasterKey(bytes);
        } catch (IOException e) {
            throw new UnusableDataException(
                    "The master key " + folder.files().masterKey() + " can't be written: " + FileFailure.words(e) + ".",
                    e);
        }
    }

    byte[] bytes() {
        return bytes;
    }

    @Override
    public String toString() {
        return "MasterKey[hidden]";
    }
}
