package io.greenfinch.protocol.pairing;

import java.util.Optional;

/**
 * What a companion says inside the last message of the handshake (specification §4): it registers, or it logs in as a
 * device that was linked before.
 */
public sealed interface ClientHelloPayload {

    /** The version it claims to be. */
    AppVersion version();

    /** The account's own name, which clients send or don't; test servers choose the account by it (§27.2). */
    Optional<String> pushName();

    /** The serialized payload. */
    default byte[] encode() {
        return PayloadCodec.encode(this);
    }

    /**
     * Reads a payload of any client.
     *
     * @throws MalformedPayloadException when the bytes are anything else
     */
    static ClientHelloPayload decode(byte[] bytes) {
        return PayloadCodec.decode(bytes);
    }

    /**
     * A companion without credentials wants to be linked.
     *
     * @param device its keys and its description
     */
    record Registration(AppVersion version, Optional<String> pushName, DeviceRegistration device)
            implements ClientHelloPayload {}

    /**
     * A linked companion is back.
     *
     * @param phone the digits of the account's phone number, positive
     * @param device its device number, 0…65535
     */
    record Login(AppVersion version, long phone, int device, Optional<String> pushName) implements ClientHelloPayload {

        private static final int MAX_DEVICE = 0xFFFF;

        public Login {
            if (phone <= 0) {
                throw new IllegalArgumentException("a phone number that isn't positive");
            }
            if (device < 0 || device > MAX_DEVICE) {
                throw new IllegalArgumentException("device " + device);
            }
        }
    }
}
