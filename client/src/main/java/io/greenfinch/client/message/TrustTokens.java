package io.greenfinch.client.message;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.greenfinch.client.proto.StoredTrustToken;
import io.greenfinch.client.stanza.Answer;
import io.greenfinch.client.stanza.Request;
import io.greenfinch.client.stanza.StanzaDecision;
import io.greenfinch.client.stanza.StanzaTime;
import io.greenfinch.client.stanza.Wire;
import io.greenfinch.client.store.StateKey;
import io.greenfinch.client.store.StateKind;
import io.greenfinch.client.store.StoreException;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The tokens by which people trust each other (specification §14.9, §25). Who gave us theirs can be written to although our
 * account may start no chats with strangers; whom we write to gets ours, anew each week. Thread-safe.
 */
final class TrustTokens {

    private static final String TYPE = "trusted_contact";

    /** A week: in each one our token is another. */
    private static final Duration BUCKET = Duration.ofDays(7);

    /** Older tokens are not good any more. */
    private static final Duration LIFE = BUCKET.multipliedBy(4);

    private static final int MAX_LENGTH = 256;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final MessageContext context;

    TrustTokens(MessageContext context) {
        this.context = context;
    }

    private static StateKey key(Jid account, Function<StateKey, Optional<byte[]>> state) {
        return new StateKey(
                StateKind.TRUST_TOKEN,
                Aliases.canonical(account.account(), state).toString());
    }

    /** Somebody gave us their token: {@code <notification type="privacy_token">}. On the session's thread. */
    StanzaDecision decide(Node notification) {
        StanzaDecision decision = StanzaDecision.nothing();
        Optional<Jid> from =
                notification.jid("from").filter(jid -> (jid.isPn() || jid.isLid()) && Delivery.isPossible(jid));
        List<Node> tokens =
                notification.child("tokens").map(list -> list.children("token")).orElse(List.of());
        if (from.isEmpty()) {
            return decision;
        }
        PendingState state = new PendingState(context.state());
        notification.jid("sender_lid").ifPresent(lid -> Aliases.learn(state, from.get(), lid));
        StateKey key = key(from.get(), state::find);
        for (Node token : tokens) {
            byte[] bytes = token.content();
            if (token.is("type", TYPE) && bytes.length > 0 && bytes.length <= MAX_LENGTH) {
                Instant at =
                        StanzaTime.of(token, "t").orElse(context.shared().wall().instant());
                StoredTrustToken known = read(state.find(key));
                if (at.getEpochSecond() >= known.getAt()) {
                    StoredTrustToken changed = known.toBuilder()
                            .setToken(ByteString.copyFrom(bytes))
                            .setAt(at.getEpochSecond())
                            .build();
                    state.put(key, changed.toByteArray());
                }
            }
        }
        state.changes().forEach(decision::change);
        return decision;
    }

    /** The token of somebody that is still good, as a message to them carries it. Blocks where {@code state} does. */
    Optional<Node> of(Jid account, Function<StateKey, Optional<byte[]>> state) {
        StoredTrustToken known = read(state.apply(key(account, state)));
        Instant end = Instant.ofEpochSecond(known.getAt()).plus(LIFE);
        return known.getToken().isEmpty() || !context.shared().wall().instant().isBefore(end)
                ? Optional.empty()
                : Optional.of(Node.bytes("tctoken", known.getToken().toByteArray()));
    }

    /** Gives somebody ours, unless they have it for this week. Does not wait for an answer; blocks on the store. */
    void give(Jid account, Wire wire, OwnerSteps steps) {
        Instant now = context.shared().wall().instant();
        long bucket = now.getEpochSecond() / BUCKET.toSeconds();
        try {
            StateKey key = key(account, context.state()::find);
            if (read(context.state().find(key)).getGivenIn() == bucket) {
                return;
            }
        } catch (StoreException e) {
            return; // the next message tries again
        }
        Node stanza = Node.element("iq")
                .attribute("to", Jid.SERVER)
                .attribute("type", "set")
                .attribute("xmlns", "privacy")
                .child(Node.element("tokens")
                        .child(Node.element("token")
                                .attribute("jid", account.account())
                                .attribute("t", now.getEpochSecond())
                                .attribute("type", TYPE)))
                .build();
        Instant deadline = wire.clock().instant().plus(PATIENCE);
        wire.send(new Request(stanza, deadline, answer -> {
            if (answer instanceof Answer.Result) {
                steps.change(state -> {
                    StateKey key = key(account, state::find);
                    StoredTrustToken given =
                            read(state.find(key)).toBuilder().setGivenIn(bucket).build();
                    state.put(key, given.toByteArray());
                });
            }
        }));
    }

    private static StoredTrustToken read(Optional<byte[]> stored) {
        try {
            return stored.isPresent()
                    ? StoredTrustToken.parseFrom(stored.get())
                    : StoredTrustToken.getDefaultInstance();
        } catch (InvalidProtocolBufferException e) {
            return StoredTrustToken.getDefaultInstance(); // they will give us another
        }
    }
}
