package io.greenfinch.client.message;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.greenfinch.client.SessionEvent;
import io.greenfinch.client.keys.Credentials;
import io.greenfinch.client.keys.FreshPreKey;
import io.greenfinch.client.proto.StoredUnreadable;
import io.greenfinch.client.stanza.StanzaDecision;
import io.greenfinch.client.store.StateKey;
import io.greenfinch.client.store.StateKind;
import io.greenfinch.client.store.StoreException;
import io.greenfinch.protocol.binary.MalformedStanzaException;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.protocol.binary.NodeDecoder;
import io.greenfinch.protocol.binary.NodeEncoder;
import io.greenfinch.protocol.signal.Decryption.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Messages that could not be read (specification §15.3). Each is remembered in the store before it is acknowledged, and its sender
 * asked to send it again; one that can't be read after that, or does not come again, is told as a message without content. One
 * per session. Belongs to the session's thread.
 */
final class UnreadableMessages {

    private static final Logger log = LoggerFactory.getLogger(UnreadableMessages.class);

    /** Nobody is asked more often for one message. */
    private static final int MAX_REQUESTS = 5;

    /** What has not come again after this time is told as it is. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /** A store that can't be read is asked again after this time. */
    private static final Duration AGAIN = Duration.ofSeconds(30);

    /** With so many under way, further ones are told at once. */
    private static final int MAX_WAITING = 256;

    private final MessageContext context;
    private final MessageEvents events;
    private final Set<StateKey> waiting = new HashSet<>(0);

    /** Whether those that an earlier run has left are counted. */
    private boolean known;

    /** What was looked for before the state was loaded anew is void. */
    private final AtomicInteger generation = new AtomicInteger();

    UnreadableMessages(MessageContext context) {
        this.context = context;
        this.events = new MessageEvents(context);
    }

    private static StateKey key(Delivery delivery) {
        return new StateKey(StateKind.UNREADABLE, delivery.id() + "|" + delivery.sender());
    }

    /** What was remembered may not be stored. */
    void loaded() {
        generation.incrementAndGet();
        waiting.clear();
        known = false;
    }

    /** One could not be read. */
    void decide(
            Node stanza,
            Delivery delivery,
            Reason reason,
            PendingState state,
            StanzaDecision decision,
            Consumer<Node> line) {
        StateKey key = key(delivery);
        Optional<StoredUnreadable> before = state.find(key).map(UnreadableMessages::parse);
        int count = before.map(StoredUnreadable::getCount).orElse(0) + 1;
        context.shared().metrics().unreadable();
        log.debug("A message can't be read, for the {}. time: {}", count, reason);
        boolean full = before.isEmpty() && waiting.size() >= MAX_WAITING;
        if (count > MAX_REQUESTS || full) {
            forget(key, state, decision);
            told(delivery, state).ifPresent(decision::event);
            if (full) { // it is told once more if it can be read after that
                request(delivery, reason, count, decision, line);
            }
            return;
        }
        Instant since = before.map(stored -> Instant.ofEpochSecond(stored.getSince()))
                .orElse(context.shared().wall().instant());
        state.put(
                key,
                StoredUnreadable.newBuilder()
                        .setCount(count)
                        .setHead(ByteString.copyFrom(NodeEncoder.encode(Delivery.head(stanza))))
                        .setSince(since.getEpochSecond())
                        .build()
                        .toByteArray());
        if (before.isEmpty()) {
            decision.effect(() -> {
                waiting.add(key);
                giveUpAt(key, since.plus(PATIENCE));
            });
        }
        request(delivery, reason, count, decision, line);
    }

    /** One was read; it may be one that could not be read before. */
    void readAfterAll(Delivery delivery, PendingState state, StanzaDecision decision) {
        StateKey key = key(delivery);
        if ((!waiting.isEmpty() || !known) && state.find(key).isPresent()) {
            forget(key, state, decision);
        }
    }

    private void forget(StateKey key, PendingState state, StanzaDecision decision) {
        state.remove(key);
        decision.effect(() -> waiting.remove(key));
    }

    /** A message without content; nothing where nothing would be shown, had it been read. */
    private Optional<SessionEvent> told(Delivery delivery, PendingState state) {
        return delivery.peer() || delivery.silent()
                ? Optional.empty()
                : Optional.of(events.of(delivery, Optional.empty(), state));
    }

    /** Asks for it again, with keys to start a session anew where ours may be what is wrong. */
    private void request(Delivery delivery, Reason reason, int count, StanzaDecision decision, Consumer<Node> line) {
        Node.Builder retry = Node.element("retry")
                .attribute("count", count)
                .attribute("id", delivery.id())
                .attribute(
                        "t",
                        delivery.at().orElse(context.shared().wall().instant()).getEpochSecond())
                .attribute("v", "1");
        Credentials own = context.keyring().get();
        Node.Builder receipt = Node.element("receipt")
                .attribute("id", delivery.id())
                .attribute("to", delivery.from())
                .attribute("type", "retry");
        delivery.group().ifPresent(group -> receipt.attribute("participant", delivery.sender()));
        delivery.recipient().ifPresent(recipient -> receipt.attribute("recipient", recipient));
        receipt.child(retry).child(Node.bytes("registration", FreshPreKey.registration(own)));
        if (count > 1
                || reason == Reason.NO_SESSION
                || reason == Reason.UNKNOWN_PREKEY
                || reason == Reason.NOT_AUTHENTIC) {
            FreshPreKey fresh = FreshPreKey.next(own, context.shared().random());
            fresh.changes().forEach(decision::change);
            decision.effect(() -> context.keyring().change(fresh.after()));
            receipt.child(fresh.offer());
        }
        Node asked = receipt.build();
        decision.then(() -> line.accept(asked));
    }

    /** What was left by an earlier run, or before the state was loaded anew. Blocks; from any thread. */
    void resume() {
        int asked = generation.get();
        Map<String, byte[]> left;
        try {
            left = context.load(StateKind.UNREADABLE);
        } catch (StoreException e) {
            log.warn("Messages that could not be read can't be looked for: {}", e.getMessage());
            context.shared()
                    .timers()
                    .at(
                            context.shared().clock().instant().plus(AGAIN),
                            () -> Thread.ofVirtual()
                                    .name("unreadable-" + context.instance())
                                    .start(this::resume));
            return;
        }
        context.owner().execute(() -> {
            if (asked != generation.get()) {
                return;
            }
            known = true;
            left.forEach((name, stored) -> {
                StateKey key = new StateKey(StateKind.UNREADABLE, name);
                waiting.add(key);
                giveUpAt(key, Instant.ofEpochSecond(parse(stored).getSince()).plus(PATIENCE));
            });
        });
    }

    private void giveUpAt(StateKey key, Instant wall) {
        Duration left = Duration.between(context.shared().wall().instant(), wall);
        Duration pause = left.isNegative() ? Duration.ZERO : left;
        context.shared()
                .timers()
                .at(
                        context.shared().clock().instant().plus(pause),
                        () -> context.owner().execute(() -> context.steps().run(List.of(key), () -> giveUp(key))));
    }

    private void giveUp(StateKey key) {
        waiting.remove(key);
        PendingState state = new PendingState(context.state());
        Optional<StoredUnreadable> stored = state.find(key).map(UnreadableMessages::parse);
        if (stored.isEmpty() || !context.keyring().linked()) {
            return;
        }
        Optional<SessionEvent> event = Optional.empty();
        try {
            event = Delivery.of(NodeDecoder.decode(stored.get().getHead().toByteArray()))
                    .flatMap(delivery -> told(delivery, state));
        } catch (MalformedStanzaException e) {
            log.warn("A message that could not be read can't be told of: {}", e.getMessage());
        }
        state.remove(key);
        context.intake().add(state.changes(), event.map(List::of).orElse(List.of()));
    }

    private static StoredUnreadable parse(byte[] stored) {
        try {
            return StoredUnreadable.parseFrom(stored);
        } catch (InvalidProtocolBufferException e) {
            return StoredUnreadable.getDefaultInstance();
        }
    }
}
