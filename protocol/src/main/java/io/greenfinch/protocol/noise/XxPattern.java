package io.greenfinch.protocol.noise;

import io.greenfinch.protocol.curve.KeyPair;

/**
 * The tokens of the XX pattern on keys and payloads, without the messages around them (specification §2.2). The caller
 * keeps the order: one message after the other, key before payload.
 */
final class XxPattern {

    private final SymmetricState symmetric;
    private final KeyPair staticKey;
    private final KeyPair ephemeral;
    private byte[] theirEphemeral = {};

    XxPattern(SymmetricState symmetric, KeyPair staticKey, KeyPair ephemeral) {
        this.symmetric = symmetric;
        this.staticKey = staticKey;
        this.ephemeral = ephemeral;
    }

    /** Message 1, initiator: e. */
    byte[] sendEphemeral() {
        byte[] key = ephemeral.publicKey();
        symmetric.mixHash(key);
        return key;
    }

    /** Message 1, responder: e. */
    void receiveEphemeral(byte[] key) {
        Agreement.requireLength(key);
        theirEphemeral = key;
        symmetric.mixHash(key);
    }

    /** Message 2, responder: e, ee, s, es. Returns the encrypted static key; the payload follows. */
    byte[] answerEphemeral() {
        symmetric.mixHash(ephemeral.publicKey());
        symmetric.mixKey(Agreement.of(ephemeral, theirEphemeral));
        byte[] encryptedStatic = symmetric.encryptAndHash(staticKey.publicKey());
        symmetric.mixKey(Agreement.of(staticKey, theirEphemeral));
        return encryptedStatic;
    }

    /** Message 2, initiator: e, ee, s, es. Returns the responder's static key; the payload follows. */
    byte[] receiveAnswer(byte[] ephemeralKey, byte[] encryptedStatic) {
        receiveEphemeral(ephemeralKey);
        symmetric.mixKey(Agreement.of(ephemeral, theirEphemeral));
        byte[] theirStatic = symmetric.decryptAndHash(encryptedStatic);
        Agreement.requireLength(theirStatic);
        symmetric.mixKey(Agreement.of(ephemeral, theirStatic));
        return theirStatic;
    }

    /** Message 3, initiator: s, se. Returns the encrypted static key; the payload follows. */
    byte[] sendStatic() {
        byte[] encryptedStatic = symmetric.encryptAndHash(staticKey.publicKey());
        symmetric.mixKey(Agreement.of(staticKey, theirEphemeral));
        return encryptedStatic;
    }

    /** Message 3, responder: s, se. Returns the initiator's static key; the payload follows. */
    byte[] receiveStatic(byte[] encryptedStatic) {
        byte[] theirStatic = symmetric.decryptAndHash(encryptedStatic);
        Agreement.requireLength(theirStatic);
        symmetric.mixKey(Agreement.of(ephemeral, theirStatic));
        return theirStatic;
    }

    byte[] ephemeralKey() {
        return ephemeral.publicKey();
    }

    byte[] sendPayload(byte[] payload) {
        return symmetric.encryptAndHash(payload);
    }

    byte[] receivePayload(byte[] encrypted) {
        return symmetric.decryptAndHash(encrypted);
    }

    NoiseTransport initiatorTransport() {
        SymmetricState.Split split = symmetric.split();
        return new NoiseTransport(split.fromInitiator(), split.fromResponder());
    }

    NoiseTransport responderTransport() {
        SymmetricState.Split split = symmetric.split();
        return new NoiseTransport(split.fromResponder(), split.fromInitiator());
    }
}
