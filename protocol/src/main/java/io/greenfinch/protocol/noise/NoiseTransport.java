package io.greenfinch.protocol.noise;

/**
 * The encryption of frame payloads after the handshake, a counter for each direction (specification §2.3). A few hundred
 * bytes in size.
 *
 * <p>Messages must be encrypted in the order in which they are sent, and decrypted in the order in which they came. One
 * thread may encrypt while another decrypts; two may not do the same.
 */
public final class NoiseTransport {

    private static final byte[] NOTHING = {};

    private final CipherState sending;
    private final CipherState receiving;

    NoiseTransport(CipherState sending, CipherState receiving) {
        this.sending = sending;
        this.receiving = receiving;
    }

    /** The payload of the next frame to send. */
    public byte[] encrypt(byte[] plaintext) {
        return sending.encrypt(NOTHING, plaintext);
    }

    /**
     * The stanza in the payload of the next frame received.
     *
     * @throws HandshakeException of kind {@code UNDECRYPTABLE}, after which the connection is of no use
     */
    public byte[] decrypt(byte[] ciphertext) {
        return receiving.decrypt(NOTHING, ciphertext);
    }
}
