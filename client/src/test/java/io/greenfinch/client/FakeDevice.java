package io.greenfinch.client;

import io.greenfinch.client.keys.Credentials;
import io.greenfinch.client.store.StateKind;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.protocol.curve.KeyPair;
import io.greenfinch.protocol.curve.SignedPreKey;
import io.greenfinch.protocol.message.MessageEnvelope;
import io.greenfinch.protocol.proto.Message;
import io.greenfinch.protocol.signal.Decryption;
import io.greenfinch.protocol.signal.Encrypted;
import io.greenfinch.protocol.signal.EncryptedMessage;
import io.greenfinch.protocol.signal.LocalIdentity;
import io.greenfinch.protocol.signal.PreKeyBundle;
import io.greenfinch.protocol.signal.SessionCipher;
import io.greenfinch.protocol.signal.SignalKeys;
import io.greenfinch.protocol.signal.SignalSession;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;

/** A device that talks with the session under test, with keys of its own (specification §11). Thread-safe. */
final class FakeDevice implements SignalKeys {

    private static final int REGISTRATION = 4712;

    final Jid address;
    private final SecureRandom random = new SecureRandom();
    private final LocalIdentity identity = new LocalIdentity(KeyPair.generate(random), REGISTRATION);
    private final SignedPreKey signedPreKey = SignedPreKey.generate(7, identity.keys(), random);
    private SignalSession session = SignalSession.none();

    FakeDevice(Jid address) {
        this.address = address;
    }

    /** It starts a session with the one under test, from what that one's keys are by now. */
    synchronized FakeDevice start(SessionFixture fixture) {
        Credentials own = Credentials.of(fixture.store
                .find(SessionFixture.INSTANCE, StateKind.CREDENTIALS, Credentials.KEY)
                .orElseThrow());
        PreKeyBundle bundle = new PreKeyBundle(
                own.device().registrationId(),
                own.device().identity().publicKey(),
                own.device().signedPreKey().id(),
                own.device().signedPreKey().keys().publicKey(),
                own.device().signedPreKey().signature(),
                Optional.empty());
        session = SessionCipher.start(session, bundle, identity.keys(), random).orElseThrow();
        return this;
    }

    /** What it says, as an element of a message. */
    synchronized Node enc(Message message) {
        Encrypted<SignalSession> encrypted =
                SessionCipher.encrypt(session, identity, MessageEnvelope.seal(message, random));
        session = encrypted.state();
        return Node.element("enc")
                .attribute("v", 2)
                .attribute("type", encrypted.message().kind().type())
                .bytes(encrypted.message().bytes())
                .build();
    }

    /** What it reads in the only element that it is given; it forgets nothing by failing. */
    synchronized Message read(Node enc) {
        EncryptedMessage.Kind kind =
                EncryptedMessage.Kind.of(enc.attribute("type").orElseThrow()).orElseThrow();
        Decryption<SignalSession> decryption =
                SessionCipher.decrypt(session, new EncryptedMessage(kind, enc.content()), this, random);
        if (!(decryption instanceof Decryption.Decrypted<SignalSession> read)) {
            throw new AssertionError("not to be read: " + decryption);
        }
        session = read.state();
        return MessageEnvelope.open(read.plaintext()).orElseThrow().content();
    }

    /** What the server tells whoever wants to write to it (specification §12.3). */
    Node bundle() {
        return Node.element("user")
                .attribute("jid", address)
                .child(Node.bytes(
                        "registration",
                        ByteBuffer.allocate(4).putInt(REGISTRATION).array()))
                .child(Node.bytes("type", new byte[] {5}))
                .child(Node.bytes("identity", identity.keys().publicKey()))
                .child(Node.element("skey")
                        .child(Node.bytes("id", id(signedPreKey.id())))
                        .child(Node.bytes("value", signedPreKey.keys().publicKey()))
                        .child(Node.bytes("signature", signedPreKey.signature())))
                .build();
    }

    private static byte[] id(int number) {
        return Arrays.copyOfRange(ByteBuffer.allocate(4).putInt(number).array(), 1, 4);
    }

    @Override
    public KeyPair identity() {
        return identity.keys();
    }

    @Override
    public Optional<KeyPair> signedPreKey(int id) {
        return id == signedPreKey.id() ? Optional.of(signedPreKey.keys()) : Optional.empty();
    }

    @Override
    public Optional<KeyPair> preKey(int id) {
        return Optional.empty();
    }

    @Override
    public boolean trusts(byte[] identityKey) {
        return true;
    }
}
