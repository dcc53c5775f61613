package io.greenfinch.protocol.curve;

import java.security.GeneralSecurityException;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

/** HKDF with SHA-256 (RFC 5869), extract and expand in one step. */
public final class Hkdf {

    private Hkdf() {}

    /**
     * Derives {@code length} bytes.
     *
     * @param ikm input key material, may be empty
     * @param salt may be empty, which stands for 32 zero bytes
     * @param info may be empty
     * @param length 1…8160
     * @throws IllegalArgumentException when the length is anything else
     */
    public static byte[] derive(byte[] ikm, byte[] salt, byte[] info, int length) {
        if (length < 1 || length > 255 * 32) {
            throw new IllegalArgumentException(length + " bytes of key material");
        }
        try {
            return KDF.getInstance("HKDF-SHA256")
                    .deriveData(HKDFParameterSpec.ofExtract()
                            .addIKM(ikm)
                            .addSalt(salt)
                            .thenExpand(info, length));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK has no HKDF-SHA256", e);
        }
    }
}
