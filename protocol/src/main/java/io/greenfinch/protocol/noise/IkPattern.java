package io.greenfinch.protocol.noise;

import io.greenfinch.protocol.curve.KeyPair;

/**
 * The tokens of the IK pattern on keys and payloads, without the messages around them (specification §2.4): the initiator
 * knows the responder's static key beforehand. The caller keeps the order: one message after the other, key before payload.
 */
final class IkPattern {

    private final SymmetricState symmetric;
    private final KeyPair staticKey;
    private final KeyPair ephemeral;
    private byte[] theirEphemeral = {};
    private byte[] theirStatic = {};

    private IkPattern(SymmetricState symmetric, KeyPair staticKey, KeyPair ephemeral) {
        this.symmetric = symmetric;
        this.staticKey = staticKey;
        this.ephemeral = ephemeral;
    }

    /** The side that knows whom it speaks to. */
    static IkPattern initiator(byte[] prologue, KeyPair staticKey, KeyPair ephemeral, byte[] responderKey) {
        IkPattern pattern = new IkPattern(SymmetricState.ik(prologue), staticKey, ephemeral);
        pattern.theirStatic = responderKey;
        pattern.symmetric.mixHash(responderKey);
        return pattern;
    }

    static IkPattern responder(byte[] prologue, KeyPair staticKey, KeyPair ephemeral) {
        IkPattern pattern = new IkPattern(SymmetricState.ik(prologue), staticKey, ephemeral);
        pattern.symmetric.mixHash(staticKey.publicKey());
        return pattern;
    }

    /** Message 1, initiator: e, es, s, ss. Returns the encrypted static key; the payload follows. */
    byte[] sendStatic() {
        symmetric.mixHash(ephemeral.publicKey());
        symmetric.mixKey(Agreement.of(ephemeral, theirStatic));
        byte[] encryptedStatic = symmetric.encryptAndHash(staticKey.publicKey());
        symmetric.mixKey(Agreement.of(staticKey, theirStatic));
        return encryptedStatic;
    }

    /** Message 1, responder: e, es, s, ss. Returns the initiator's static key; the payload follows. */
    byte[] receiveStatic(byte[] ephemeralKey, byte[] encryptedStatic) {
        receiveEphemeral(ephemeralKey);
        symmetric.mixKey(Agreement.of(staticKey, theirEphemeral));
        theirStatic = symmetric.decryptAndHash(encryptedStatic);
        Agreement.requireLength(theirStatic);
        symmetric.mixKey(Agreement.of(staticKey, theirStatic));
        return theirStatic;
    }

    /** Message 2, responder: e, ee, se. The payload follows. */
    byte[] answerEphemeral() {
        symmetric.mixHash(ephemeral.publicKey());
        symmetric.mixKey(Agreement.of(ephemeral, theirEphemeral));
        symmetric.mixKey(Agreement.of(ephemeral, theirStatic));
        return ephemeral.publicKey();
    }

    /** Message 2, initiator: e, ee, se. The payload follows. */
    void receiveAnswer(byte[] ephemeralKey) {
        receiveEphemeral(ephemeralKey);
        symmetric.mixKey(Agreement.of(ephemeral, theirEphemeral));
        symmetric.mixKey(Agreement.of(staticKey, theirEphemeral));
    }

    private void receiveEphemeral(byte[] key) {
        Agreement.requireLength(key);
        theirEphemeral = key;
        symmetric.mixHash(key);
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
