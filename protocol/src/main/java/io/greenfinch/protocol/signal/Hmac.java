package io.greenfinch.protocol.signal;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC with SHA-256. */
final class Hmac {

    private static final String NAME = "HmacSHA256";

    private Hmac() {}

    static byte[] of(byte[] key, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance(NAME);
            mac.init(new SecretKeySpec(key, NAME));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK has no HMAC with SHA-256", e);
        }
    }
}
