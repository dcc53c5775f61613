package io.greenfinch.client.message;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.greenfinch.client.keys.Credentials;
import io.greenfinch.client.keys.HeldKeys;
import io.greenfinch.client.proto.StoredGroupKey;
import io.greenfinch.client.store.StateKey;
import io.greenfinch.client.store.StateKind;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.protocol.message.MessageEnvelope;
import io.greenfinch.protocol.message.MessageStanza;
import io.greenfinch.protocol.pairing.DeviceListHash;
import io.greenfinch.protocol.signal.Encrypted;
import io.greenfinch.protocol.signal.EncryptedMessage;
import io.greenfinch.protocol.signal.OwnSenderKey;
import io.greenfinch.protocol.signal.PreKeyBundle;
import io.greenfinch.protocol.signal.SessionCipher;
import io.greenfinch.protocol.signal.SignalSession;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One step that encrypts a message for its recipients (specification §14.1, §14.3). What it changes goes into the state that it was
 * given; nothing else does. For the session's thread.
 */
final class Encryption {

    private final Credentials own;
    private final PendingState state;
    private final Map<Jid, PreKeyBundle> bundles;
    private final TrustTokens tokens;
    private final SecureRandom random;
    private boolean starting;

    /**
     * A step.
     *
     * @param bundles what sessions are started from, by device
     */
    Encryption(
            Credentials own,
            PendingState state,
            Map<Jid, PreKeyBundle> bundles,
            TrustTokens tokens,
            SecureRandom random) {
        this.own = own;
        this.state = state;
        this.bundles = bundles;
        this.tokens = tokens;
        this.random = random;
    }

    /** The stanza; empty when no device can be written to. */
    Optional<Node> encrypt(OutgoingMessage message, Recipients recipients) {
        // Whichever of our names this is for: there is one session with each of our own devices.
        own.account().lid().ifPresent(lid -> Aliases.learn(state, own.account().pn(), lid));
        MessageStanza words = MessageStanza.of(message.content());
        Node.Builder stanza = Node.element("message")
                .attribute("id", message.id())
                .attribute("to", recipients.chat())
                .attribute("type", words.type());
        words.edit().ifPresent(edit -> stanza.attribute("edit", edit));
        boolean written = recipients.shared()
                ? shared(message, recipients, words, stanza)
                : person(message, recipients, words, stanza);
        if (!written) {
            return Optional.empty();
        }
        if (starting) {
            stanza.child(Node.bytes("device-identity", own.identity()));
        }
        return Optional.of(stanza.build());
    }

    private boolean person(OutgoingMessage message, Recipients recipients, MessageStanza words, Node.Builder stanza) {
        byte[] padded = MessageEnvelope.seal(message.content(), random);
        tokens.of(recipients.chat(), state::find).ifPresent(stanza::child);
        byte[] copy = MessageEnvelope.seal(
                MessageEnvelope.copy(message.content(), recipients.chat(), Optional.empty()), random);
        Node.Builder participants = Node.element("participants");
        int reached = add(participants, recipients.devices(), padded, words);
        if (reached == 0 && !recipients.devices().isEmpty()) {
            return false;
        }
        reached += add(participants, recipients.own(), copy, words);
        stanza.child(participants);
        return reached > 0;
    }

    private boolean shared(OutgoingMessage message, Recipients recipients, MessageStanza words, Node.Builder stanza) {
        StateKey place = new StateKey(StateKind.GROUP_KEY, recipients.chat().toString());
        StoredGroupKey stored = state.find(place).map(Encryption::parse).orElse(StoredGroupKey.getDefaultInstance());
        Set<String> holders = new LinkedHashSet<>(stored.getHolderList());
        Set<String> members = new HashSet<>();
        recipients.devices().forEach(device -> members.add(device.toString()));
        // Who has the key and is not among them any more could read on: everybody gets another one.
        boolean anew = stored.getKey().isEmpty() || !members.containsAll(holders);
        OwnSenderKey key = anew
                ? OwnSenderKey.generate(random)
                : OwnSenderKey.decode(stored.getKey().toByteArray());
        if (anew) {
            holders.clear();
        }
        // Whoever is told the key of a status update is who sees it (specification §14.7).
        boolean all = recipients.chat().isStatus();
        if (all && recipients.devices().stream().allMatch(own.account()::is)) {
            return false; // there is nobody to see it
        }
        if (all) {
            stanza.child(Node.element("meta").attribute("status_setting", "contacts"));
        }
        List<Jid> lacking = recipients.devices().stream()
                // Whoever has no session with us any more has lost the key with it.
                .filter(device -> all || !holders.contains(device.toString()) || bundles.containsKey(device))
                .toList();
        Node.Builder participants = Node.element("participants");
        byte[] told = MessageEnvelope.seal(MessageEnvelope.groupKey(recipients.chat(), key.distribution()), random);
        int reached = 0;
        for (Jid device : lacking) {
            Optional<Node> element = to(device, told, MessageStanza.PLAIN);
            if (element.isPresent()) {
                participants.child(element.get());
                holders.add(device.toString());
                reached++;
            }
        }
        Encrypted<OwnSenderKey> encrypted = key.encrypt(MessageEnvelope.seal(message.content(), random), random);
        state.put(
                place,
                StoredGroupKey.newBuilder()
                        .setKey(ByteString.copyFrom(encrypted.state().encode()))
                        .addAllHolder(holders)
                        .build()
                        .toByteArray());
        stanza.attribute("phash", DeviceListHash.of(recipients.counted()));
        recipients.naming().ifPresent(naming -> stanza.attribute("addressing_mode", naming.word()));
        if (reached > 0) {
            stanza.child(participants);
        }
        stanza.child(enc(encrypted.message(), words));
        return true;
    }

    private int add(Node.Builder participants, List<Jid> devices, byte[] padded, MessageStanza words) {
        int added = 0;
        for (Jid device : devices) {
            Optional<Node> element = to(device, padded, words);
            element.ifPresent(participants::child);
            added += element.isPresent() ? 1 : 0;
        }
        return added;
    }

    private Optional<Node> to(Jid device, byte[] padded, MessageStanza words) {
        return enc(device, padded, words)
                .map(enc ->
                        Node.element("to").attribute("jid", device).child(enc).build());
    }

    /** What a device gets; empty when there is no session with it and nothing to start one from. */
    Optional<Node> enc(Jid device, byte[] padded, MessageStanza words) {
        SignalSession session = DeviceSessions.find(state, device);
        PreKeyBundle bundle = bundles.get(device);
        if (bundle != null) {
            session = SessionCipher.start(session, bundle, own.device().identity(), random)
                    .orElse(session);
        }
        if (!session.isOpen()) {
            return Optional.empty();
        }
        Encrypted<SignalSession> encrypted = SessionCipher.encrypt(session, HeldKeys.local(own), padded);
        DeviceSessions.put(state, device, encrypted.state());
        starting |= encrypted.message().kind() == EncryptedMessage.Kind.PREKEY;
        return Optional.of(enc(encrypted.message(), words));
    }

    /** Whether one of them starts a session, so that the stanza has to say whose device we are. */
    boolean starting() {
        return starting;
    }

    private static Node enc(EncryptedMessage message, MessageStanza words) {
        Node.Builder enc = Node.element("enc")
                .attribute("v", "2")
                .attribute("type", message.kind().type())
                .bytes(message.bytes());
        return words.describe(enc).build();
    }

    static StoredGroupKey parse(byte[] stored) {
        try {
            return StoredGroupKey.parseFrom(stored);
        } catch (InvalidProtocolBufferException e) {
            return StoredGroupKey.getDefaultInstance(); // a new one costs nothing but its distribution
        }
    }
}
