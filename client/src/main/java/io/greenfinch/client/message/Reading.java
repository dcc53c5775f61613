package io.greenfinch.client.message;

import io.greenfinch.client.keys.HeldKeys;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.protocol.message.MessageEnvelope;
import io.greenfinch.protocol.message.MessageKind;
import io.greenfinch.protocol.signal.Decryption;
import io.greenfinch.protocol.signal.Decryption.Reason;
import io.greenfinch.protocol.signal.EncryptedMessage;
import io.greenfinch.protocol.signal.ReceivedSenderKeys;
import io.greenfinch.protocol.signal.SessionCipher;
import io.greenfinch.protocol.signal.SignalSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the ciphertexts of one message came to.
 *
 * @param envelopes those that were read, in their order
 * @param lost whether one holds something that we should have been able to read, and were not
 * @param repeated whether what all members of a group were sent was read before
 * @param reason why, when one was lost
 */
record Reading(List<MessageEnvelope> envelopes, boolean lost, boolean repeated, Reason reason) {

    /** A message has one for the device and one for the group; more is nothing that clients send. */
    private static final int MAX_CIPHERTEXTS = 4;

    /** Decrypts all of them; the steps of the ratchets go into {@code state}. */
    static Reading of(Delivery delivery, PendingState state, MessageContext context) {
        List<MessageEnvelope> envelopes = new ArrayList<>();
        boolean lost = false;
        boolean repeated = false;
        Reason reason = Reason.MALFORMED;
        for (Node ciphertext :
                delivery.ciphertexts().stream().limit(MAX_CIPHERTEXTS).toList()) {
            Result result = decrypt(delivery, ciphertext, state, context);
            if (result.failure().isEmpty()) {
                Optional<MessageEnvelope> envelope = MessageEnvelope.open(result.plaintext());
                envelope.ifPresent(read -> {
                    learnKey(delivery, read, state);
                    envelopes.add(read);
                });
                if (envelope.isEmpty()) {
                    lost = true;
                }
            } else if (result.failure().get() == Reason.DUPLICATE) { // that one was read before
                repeated |= ciphertext.is("type", EncryptedMessage.Kind.SENDER_KEY.type());
            } else {
                lost = true;
                reason = result.failure().get();
            }
        }
        return new Reading(envelopes, lost, repeated, reason);
    }

    /**
     * Whether what was written is known, now or from before. What else of it was lost, such as a key that came with it, is asked for
     * when it is missing.
     */
    boolean told() {
        return repeated
                || envelopes.stream()
                        .anyMatch(each -> each.kind() != MessageKind.SENDER_KEY && each.kind() != MessageKind.NOTHING);
    }

    private record Result(byte[] plaintext, Optional<Reason> failure) {
        static Result failed(Reason reason) {
            return new Result(new byte[0], Optional.of(reason));
        }

        @Override
        public String toString() {
            return "Result" + failure;
        }
    }

    private static Result decrypt(Delivery delivery, Node ciphertext, PendingState state, MessageContext context) {
        Optional<EncryptedMessage> message = ciphertext
                .attribute("type")
                .flatMap(EncryptedMessage.Kind::of)
                .map(kind -> new EncryptedMessage(kind, ciphertext.content()));
        if (message.isEmpty()) {
            return Result.failed(Reason.MALFORMED);
        }
        return message.get().kind() == EncryptedMessage.Kind.SENDER_KEY
                ? ofGroup(delivery, message.get(), state)
                : ofDevice(delivery, message.get(), state, context);
    }

    private static Result ofGroup(Delivery delivery, EncryptedMessage message, PendingState state) {
        Optional<Jid> group = delivery.group();
        if (group.isEmpty()) {
            return Result.failed(Reason.MALFORMED);
        }
        ReceivedSenderKeys keys = DeviceSessions.senderKeys(state, group.get(), delivery.sender());
        return switch (keys.decrypt(message)) {
            case Decryption.Decrypted<ReceivedSenderKeys> read -> {
                DeviceSessions.putSenderKeys(state, group.get(), delivery.sender(), read.state());
                yield new Result(read.plaintext(), Optional.empty());
            }
            case Decryption.Failed<ReceivedSenderKeys>(Reason reason) -> Result.failed(reason);
        };
    }

    private static Result ofDevice(
            Delivery delivery, EncryptedMessage message, PendingState state, MessageContext context) {
        SignalSession session = DeviceSessions.find(state, delivery.sender());
        HeldKeys keys = new HeldKeys(context.keyring().get(), state::find);
        return switch (SessionCipher.decrypt(
                session, message, keys, context.shared().random())) {
            case Decryption.Decrypted<SignalSession> read -> {
                DeviceSessions.put(state, delivery.sender(), read.state());
                read.usedPreKey().ifPresent(id -> state.remove(HeldKeys.key(id)));
                yield new Result(read.plaintext(), Optional.empty());
            }
            case Decryption.Failed<SignalSession>(Reason reason) -> Result.failed(reason);
        };
    }

    /** A key of a group is worth what its sender's own messages to that group are, and comes with one of these. */
    private static void learnKey(Delivery delivery, MessageEnvelope envelope, PendingState state) {
        envelope.senderKey()
                .ifPresent(told -> Jid.parse(told.group())
                        .filter(Delivery::many)
                        .filter(Delivery::isPossible)
                        .ifPresent(group -> DeviceSessions.putSenderKeys(
                                state,
                                group,
                                delivery.sender(),
                                DeviceSessions.senderKeys(state, group, delivery.sender())
                                        .with(told.key()))));
    }
}
