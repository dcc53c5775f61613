package io.greenfinch.protocol.media;

import java.security.MessageDigest;

/**
 * What a message tells of a file so that it is known again (specification §20.2). Immutable.
 *
 * @param sha256 of the file; read-only, as the other
 * @param encryptedSha256 of what is stored
 * @param length of the file, in bytes
 */
public record MediaDigest(byte[] sha256, byte[] encryptedSha256, long length) {

    /** Whether this is the file that another one tells of. */
    public boolean matches(MediaDigest other) {
        return length == other.length
                && MessageDigest.isEqual(sha256, other.sha256)
                && MessageDigest.isEqual(encryptedSha256, other.encryptedSha256);
    }

    @Override
    public String toString() {
        return "MediaDigest[" + length + " bytes]";
    }
}
