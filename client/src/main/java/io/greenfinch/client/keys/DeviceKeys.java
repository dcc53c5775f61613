package io.greenfinch.client.keys;

import io.greenfinch.protocol.curve.KeyPair;
import io.greenfinch.protocol.curve.SignedPreKey;
import io.greenfinch.protocol.pairing.AppVersion;
import io.greenfinch.protocol.pairing.DeviceRegistration;
import io.greenfinch.protocol.pairing.QrCode;
import java.security.SecureRandom;

/**
 * The keys of a companion, made before it is linked (specification §4, §7.2). Immutable; {@link #toString()} shows none.
 *
 * @param noise the key of its connections
 * @param identity its Signal identity
 * @param signedPreKey signed by the identity
 * @param registrationId 1…16380
 * @param advSecret shared with the phone through the QR code or the code typed on it, 32 bytes
 */
public record DeviceKeys(
        KeyPair noise, KeyPair identity, SignedPreKey signedPreKey, int registrationId, byte[] advSecret) {

    private static final int MAX_REGISTRATION_ID = 16_380;

    /** A desktop's icon in the phone's list; its letter stands in the QR code as well. */
    public static final int PLATFORM_DESKTOP = 7;

    private static final String QR_PLATFORM = "7";

    public static DeviceKeys generate(SecureRandom random) {
        KeyPair identity = KeyPair.generate(random);
        byte[] secret = new byte[32];
        random.nextBytes(secret);
        return new DeviceKeys(
                KeyPair.generate(random),
                identity,
                SignedPreKey.generate(1, identity, random),
                1 + random.nextInt(MAX_REGISTRATION_ID),
                secret);
    }

    /** The same with another signed prekey. */
    DeviceKeys with(SignedPreKey next) {
        return new DeviceKeys(noise, identity, next, registrationId, advSecret);
    }

    public DeviceRegistration registration(AppVersion version, String name) {
        return DeviceRegistration.of(registrationId, identity, signedPreKey, version, name, PLATFORM_DESKTOP);
    }

    public QrCode qrCode(String ref) {
        return new QrCode(ref, noise.publicKey(), identity.publicKey(), advSecret, QR_PLATFORM);
    }

    /** The same keys under the secret that pairing by phone code agreed on (specification §8). */
    public DeviceKeys withAdvSecret(byte[] secret) {
        return new DeviceKeys(noise, identity, signedPreKey, registrationId, secret);
    }

    @Override
    public String toString() {
        return "DeviceKeys[" + registrationId + "]";
    }
}
