package io.greenfinch.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.protocol.curve.KeyPair;
import io.greenfinch.protocol.message.MessageEnvelope;
import io.greenfinch.protocol.proto.HistorySyncNotification;
import io.greenfinch.protocol.proto.Message;
import io.greenfinch.protocol.signal.Decryption;
import io.greenfinch.protocol.signal.Encrypted;
import io.greenfinch.protocol.signal.EncryptedMessage;
import io.greenfinch.protocol.signal.LocalIdentity;
import io.greenfinch.protocol.signal.OwnSenderKey;
import io.greenfinch.protocol.signal.PreKeyBundle;
import io.greenfinch.protocol.signal.ReceivedSenderKeys;
import io.greenfinch.protocol.signal.SessionCipher;
import io.greenfinch.protocol.signal.SignalKeys;
import io.greenfinch.protocol.signal.SignalSession;
import io.greenfinch.simulator.stanza.ServerStanzas;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The Signal side of a companion for tests: it knows devices by the addresses that they are named by. */
final class TestSignal implements SignalKeys {

    private static final int WELCOME = 3;

    private final TestCompanion companion;
    private final TestSocket socket;
    private final List<MessageEnvelope> welcome = new ArrayList<>();
    private final Map<Integer, KeyPair> preKeys = new HashMap<>();
    private final Map<Jid, SignalSession> sessions = new HashMap<>();
    private final Map<Jid, ReceivedSenderKeys> senderKeys = new HashMap<>();
    private final Map<Jid, OwnSenderKey> ownKeys = new HashMap<>();

    TestSignal(TestCompanion companion, TestSocket socket) {
        this.companion = companion;
        this.socket = socket;
    }

    /** Leaves keys with the service, of which it keeps the private halves, and takes what its phone then tells it. */
    TestSignal upload(int count) {
        Node.Builder list = Node.element("list");
        for (int i = 1; i <= count; i++) {
            KeyPair pair = KeyPair.generate(companion.random);
            preKeys.put(i, pair);
            list.child(Node.element("key")
                    .child(Node.bytes("id", ServerStanzas.int24(i)))
                    .child(Node.bytes("value", pair.publicKey())));
        }
        Node answer = socket.request(
                Jid.SERVER,
                "set",
                "encrypt",
                Node.bytes("registration", ServerStanzas.int32(TestCompanion.REGISTRATION)),
                Node.bytes("type", new byte[] {5}),
                Node.bytes("identity", companion.identity.publicKey()),
                list.build(),
                Node.element("skey")
                        .child(Node.bytes("id", ServerStanzas.int24(companion.signedPreKey.id())))
                        .child(Node.bytes("value", companion.signedPreKey.keys().publicKey()))
                        .child(Node.bytes("signature", companion.signedPreKey.signature()))
                        .build());
        assertThat(answer.is("type", "result")).isTrue();
        while (welcome.size() < WELCOME) {
            Node told = socket.await(node -> node.tag().equals("message") && node.is("category", "peer"));
            socket.acknowledge(told);
            welcome.add(read(told));
        }
        return this;
    }

    /** What the phone told it after it had left keys with the service. */
    List<MessageEnvelope> welcome() {
        return List.copyOf(welcome);
    }

    /** The next part of its history that the phone tells it. */
    HistorySyncNotification nextOfPhone() {
        Node told = socket.await(node -> node.tag().equals("message") && node.is("category", "peer"));
        socket.acknowledge(told);
        return read(told).content().getProtocolMessage().getHistorySyncNotification();
    }

    /** What one device is to get. */
    Node to(Jid device, Message message) {
        return Node.element("to")
                .attribute("jid", device)
                .child(encrypted(device, message))
                .build();
    }

    Node encrypted(Jid device, Message message) {
        SignalSession session = sessions.computeIfAbsent(device, this::start);
        Encrypted<SignalSession> encrypted = SessionCipher.encrypt(
                session,
                new LocalIdentity(companion.identity, TestCompanion.REGISTRATION),
                MessageEnvelope.seal(message, companion.random));
        sessions.put(device, encrypted.state());
        return enc(encrypted.message());
    }

    /** A message by the key of a group. */
    Node encryptedToGroup(Jid group, Message message) {
        Encrypted<OwnSenderKey> encrypted =
                ownKey(group).encrypt(MessageEnvelope.seal(message, companion.random), companion.random);
        ownKeys.put(group, encrypted.state());
        return enc(encrypted.message());
    }

    /** The message that tells the key of a group. */
    Message groupKey(Jid group) {
        return MessageEnvelope.groupKey(group, ownKey(group).distribution());
    }

    private OwnSenderKey ownKey(Jid group) {
        return ownKeys.computeIfAbsent(group, _ -> OwnSenderKey.generate(companion.random));
    }

    private static Node enc(EncryptedMessage message) {
        return Node.element("enc")
                .attribute("v", 2)
                .attribute("type", message.kind().type())
                .bytes(message.bytes())
                .build();
    }

    private SignalSession start(Jid device) {
        Node user = socket.request(
                        Jid.SERVER,
                        "get",
                        "encrypt",
                        Node.element("key")
                                .child(Node.element("user").attribute("jid", device))
                                .build())
                .child("list")
                .flatMap(list -> list.child("user"))
                .orElseThrow();
        return SessionCipher.start(SignalSession.none(), bundle(user), companion.identity, companion.random)
                .orElseThrow();
    }

    /** Begins anew with a device, from the keys that came with its retry. */
    void restart(Jid device, Node keys, Node registration) {
        Node user = keys.toBuilder().child(registration).build();
        sessions.put(
                device,
                SessionCipher.start(SignalSession.none(), bundle(user), companion.identity, companion.random)
                        .orElseThrow());
    }

    /** Loses the session with a device; the next message starts another. */
    void forget(Jid device) {
        sessions.remove(device);
    }

    private static PreKeyBundle bundle(Node user) {
        Node signed = user.child("skey").orElseThrow();
        return new PreKeyBundle(
                ServerStanzas.number(content(user, "registration")),
                content(user, "identity"),
                ServerStanzas.number(content(signed, "id")),
                content(signed, "value"),
                content(signed, "signature"),
                user.child("key")
                        .map(key -> new PreKeyBundle.OneTimeKey(
                                ServerStanzas.number(content(key, "id")), content(key, "value"))));
    }

    private static byte[] content(Node parent, String child) {
        return parent.child(child).orElseThrow().content();
    }

    /** A message that came, decrypted; what is no message fails the test. */
    MessageEnvelope read(Node message) {
        List<MessageEnvelope> all = readAll(message);
        return all.getLast();
    }

    /** Everything that came with a message, decrypted. */
    List<MessageEnvelope> readAll(Node message) {
        Jid sender = message.jid("participant").or(() -> message.jid("from")).orElseThrow();
        List<MessageEnvelope> all = new ArrayList<>();
        for (Node enc : message.children("enc")) {
            EncryptedMessage encrypted = new EncryptedMessage(
                    EncryptedMessage.Kind.of(enc.attribute("type").orElseThrow())
                            .orElseThrow(),
                    enc.content());
            MessageEnvelope opened =
                    MessageEnvelope.open(decrypt(sender, encrypted)).orElseThrow();
            opened.senderKey()
                    .ifPresent(told -> senderKeys.merge(
                            sender, ReceivedSenderKeys.none().with(told.key()), (old, _) -> old.with(told.key())));
            all.add(opened);
        }
        return all;
    }

    private byte[] decrypt(Jid sender, EncryptedMessage encrypted) {
        if (encrypted.kind() == EncryptedMessage.Kind.SENDER_KEY) {
            Decryption.Decrypted<ReceivedSenderKeys> read = decrypted(
                    senderKeys.getOrDefault(sender, ReceivedSenderKeys.none()).decrypt(encrypted));
            senderKeys.put(sender, read.state());
            return read.plaintext();
        }
        Decryption.Decrypted<SignalSession> read = decrypted(SessionCipher.decrypt(
                sessions.getOrDefault(sender, SignalSession.none()), encrypted, this, companion.random));
        sessions.put(sender, read.state());
        return read.plaintext();
    }

    private static <S> Decryption.Decrypted<S> decrypted(Decryption<S> decryption) {
        return switch (decryption) {
            case Decryption.Decrypted<S> read -> read;
            case Decryption.Failed<S>(Decryption.Reason reason) -> throw new AssertionError("not readable: " + reason);
        };
    }

    @Override
    public KeyPair identity() {
        return companion.identity;
    }

    @Override
    public Optional<KeyPair> signedPreKey(int id) {
        return id == companion.signedPreKey.id() ? Optional.of(companion.signedPreKey.keys()) : Optional.empty();
    }

    @Override
    public Optional<KeyPair> preKey(int id) {
        return Optional.ofNullable(preKeys.get(id));
    }

    @Override
    public boolean trusts(byte[] identityKey) {
        return true;
    }
}
