package io.greenfinch.client.message;

import com.google.protobuf.ByteString;
import io.greenfinch.client.group.Group;
import io.greenfinch.client.group.KnownGroup;
import io.greenfinch.client.group.Person;
import io.greenfinch.client.proto.StoredGroupKey;
import io.greenfinch.client.stanza.Exchange;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Wire;
import io.greenfinch.client.store.ProcessCache;
import io.greenfinch.client.store.StateKey;
import io.greenfinch.client.store.StateKind;
import io.greenfinch.client.store.StoreException;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.protocol.message.MessageEnvelope;
import io.greenfinch.protocol.message.MessageStanza;
import io.greenfinch.protocol.proto.Message;
import io.greenfinch.protocol.proto.SenderKeyDistributionMessage;
import io.greenfinch.protocol.signal.OwnSenderKey;
import io.greenfinch.protocol.signal.PreKeyBundle;
import io.greenfinch.protocol.signal.SignalSession;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends messages of ours again to devices that could not read them (specification §14.5, §15.3): to nobody but a device of the
 * chat, or of our own account, that such a message was for. One per session. Thread-safe.
 */
final class Resending {

    private static final Logger log = LoggerFactory.getLogger(Resending.class);

    /** A device gets one message so often again. */
    private static final int MAX_TIMES = 5;

    /** So many are worked on at a time. */
    private static final int AT_A_TIME = 16;

    /** So many may have asked and wait; further ones are acknowledged no more than those, and so come again (specification §21). */
    private static final int WAITING = 1024;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** For so long phones show a status update. */
    private static final Duration STATUS_LIFE = Duration.ofDays(1);

    private static final int COUNTER_BYTES = 200;

    private record Asked(String id, Jid device) {}

    private record Times(int count) {}

    private final MessageContext context;
    private final Supplier<SessionMessages.Parts> parts;
    private final SentMessages sent;
    private final TrustTokens tokens;
    private final ProcessCache.Region<Asked, Times> times;
    private final Semaphore waiting = new Semaphore(WAITING);
    private final Semaphore places = new Semaphore(AT_A_TIME, true);

    Resending(MessageContext context, Supplier<SessionMessages.Parts> parts, SentMessages sent, TrustTokens tokens) {
        this.context = context;
        this.parts = parts;
        this.sent = sent;
        this.tokens = tokens;
        this.times = context.shared().cache().region(Times.class, count -> COUNTER_BYTES);
    }

    /**
     * A device asks for a message again. Returns at once.
     *
     * @return completes when it has it, or will not get it; what fails is for WhatsApp to tell once more
     */
    CompletableFuture<Void> asked(Node receipt, Jid device) {
        Optional<Node> retry = receipt.child("retry");
        Optional<String> id = retry.flatMap(node -> node.attribute("id")).or(() -> receipt.attribute("id"));
        if (id.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        if (!waiting.tryAcquire()) {
            return CompletableFuture.failedFuture(new IllegalStateException("too many ask for messages again"));
        }
        CompletableFuture<Void> end = new CompletableFuture<>();
        int count = (int) Math.min(
                MAX_TIMES, retry.map(node -> node.number("count").orElse(1)).orElse(1L));
        Optional<PreKeyBundle> keys = receipt.child("keys")
                .flatMap(node -> BundleQuestion.read(
                        Node.element("user").children(receipt.children()).build()));
        Thread.ofVirtual().name("resend-" + context.instance()).start(() -> {
            places.acquireUninterruptibly();
            try {
                if (resend(id.get(), device, count, keys)) {
                    end.complete(null);
                } else {
                    end.completeExceptionally(new StoreException("it took too long to send a message again"));
                }
            } catch (StoreException e) {
                log.warn("A message can't be sent again: {}", e.getMessage());
                end.completeExceptionally(e);
            } finally {
                places.release();
                waiting.release();
                end.complete(null); // but for what fails in another way, which no repetition mends
            }
        });
        return end;
    }

    /** Whether the device has it, or will not get it; false when there was no time. */
    private boolean resend(String id, Jid device, int count, Optional<PreKeyBundle> keys) {
        Asked asked = new Asked(id, device);
        int before = times.find(asked).map(Times::count).orElse(0);
        Optional<SentMessages.Sent> found = sent.find(id);
        if (before >= MAX_TIMES || found.isEmpty() || isOver(found.get()) || !isFor(found.get(), device)) {
            return true;
        }
        Instant deadline = context.shared().clock().instant().plus(PATIENCE);
        Map<Jid, PreKeyBundle> bundles = keys.map(bundle -> Map.of(device, bundle))
                .orElseGet(() -> count > 1 || !isOpen(device) ? fetched(device, deadline) : Map.of());
        Wire wire = parts.get().wire();
        OwnerSteps steps = new OwnerSteps(context, wire);
        CompletableFuture<Optional<Node>> stored = new CompletableFuture<>();
        steps.run(stored, () -> {
            PendingState state = new PendingState(context.state());
            Encryption encryption = new Encryption(
                    context.keyring().get(),
                    state,
                    bundles,
                    tokens,
                    context.shared().random());
            Optional<Node> stanza = stanza(id, found.get(), device, count, encryption, state);
            if (stanza.isPresent()) {
                context.intake().add(state.changes(), List.of(), () -> stored.complete(stanza));
            } else {
                stored.complete(Optional.empty());
            }
        });
        Optional<Node> bytes = steps.await(stored, deadline);
        if (bytes.isEmpty()) {
            return stored.isDone() && stored.join().isEmpty();
        }
        times.put(asked, new Times(before + 1));
        return send(bytes.get(), steps, deadline);
    }

    /** On whatever connection there is by then: who asked is not told that the one of their question is gone. */
    private boolean send(Node stanza, OwnerSteps steps, Instant deadline) {
        boolean sent = false;
        while (!sent && parts.get().wire().awaitOnline(deadline)) {
            CompletableFuture<Optional<Boolean>> written = new CompletableFuture<>();
            steps.run(
                    written,
                    () -> written.complete(Optional.of(parts.get().line().test(stanza))));
            Optional<Boolean> done = steps.await(written, deadline);
            if (done.isEmpty()) {
                return written.isDone() && written.join().isEmpty(); // what fails does so each time
            }
            sent = done.get();
        }
        return sent;
    }

    private boolean isOver(SentMessages.Sent message) {
        return message.chat().isStatus()
                && message.at()
                        .plus(STATUS_LIFE)
                        .isBefore(context.shared().wall().instant());
    }

    /** Whether the message was for the account of this device, and still would be. */
    private boolean isFor(SentMessages.Sent message, Jid device) {
        boolean shared = message.chat().isGroup() || message.chat().isStatus();
        if (shared && device.isHosted()) {
            return false;
        }
        if (context.account().get().filter(own -> own.is(device)).isPresent()) {
            return true;
        }
        Person asking = Aliases.person(device, context.state()::find);
        if (message.chat().isStatus()) {
            return message.audience().stream().anyMatch(asking::is);
        }
        if (!message.chat().isGroup()) {
            return asking.is(message.chat());
        }
        Optional<Group> group = context.book().find(message.chat()).map(KnownGroup::group);
        return group.flatMap(known -> known.participant(asking)).isPresent();
    }

    private boolean isOpen(Jid device) {
        return context.state().read(DeviceSessions.keys(List.of(device), context.state()::find)).values().stream()
                .anyMatch(stored -> SignalSession.decode(stored).isOpen());
    }

    private Map<Jid, PreKeyBundle> fetched(Jid device, Instant deadline) {
        Outcome<Map<Jid, PreKeyBundle>> told = Exchange.ask(
                parts.get().wire(),
                BundleQuestion.stanza(List.of(device), true),
                new BundleQuestion(Set.of(device)),
                deadline);
        return told.done().orElse(Map.of());
    }

    private Optional<Node> stanza(
            String id, SentMessages.Sent message, Jid device, int count, Encryption encryption, PendingState state) {
        boolean own = context.self().is(device);
        boolean shared = message.chat().isGroup() || message.chat().isStatus();
        // The key of status updates changes with who may see them, and each tells it anew.
        Message content = message.chat().isGroup() ? withKey(message, device, state) : message.content();
        Message wrapped = own && !shared ? MessageEnvelope.copy(content, message.chat(), Optional.empty()) : content;
        byte[] padded = MessageEnvelope.seal(wrapped, context.shared().random());
        return encryption
                .enc(device, padded, MessageStanza.of(message.content()))
                .map(enc -> {
                    MessageStanza words = MessageStanza.of(message.content());
                    Node.Builder stanza = Node.element("message")
                            .attribute("id", id)
                            .attribute("to", shared ? message.chat() : device)
                            .attribute("type", words.type())
                            .attribute("device_fanout", "false");
                    words.edit().ifPresent(edit -> stanza.attribute("edit", edit));
                    if (shared) {
                        stanza.attribute("participant", device);
                    } else if (own) {
                        stanza.attribute("recipient", message.chat());
                    }
                    stanza.child(enc.toBuilder().attribute("count", count).build());
                    if (encryption.starting()) {
                        stanza.child(Node.bytes(
                                "device-identity", context.keyring().get().identity()));
                    }
                    return stanza.build();
                });
    }

    /** What was written, with the key of the group: a device that could not read one message will not read the next either. */
    private static Message withKey(SentMessages.Sent message, Jid device, PendingState state) {
        StateKey place = new StateKey(StateKind.GROUP_KEY, message.chat().toString());
        Optional<StoredGroupKey> key = state.find(place)
                .map(Encryption::parse)
                .filter(stored -> !stored.getKey().isEmpty());
        if (key.isEmpty()) {
            return message.content();
        }
        if (!key.get().getHolderList().contains(device.toString())) {
            // Whoever has it is known to have it, so that there is another one when they are gone.
            state.put(
                    place,
                    key.get().toBuilder().addHolder(device.toString()).build().toByteArray());
        }
        byte[] told = OwnSenderKey.decode(key.get().getKey().toByteArray())
                .distribution()
                .encode();
        return message.content().toBuilder()
                .setSenderKeyDistributionMessage(SenderKeyDistributionMessage.newBuilder()
                        .setGroupId(message.chat().toString())
                        .setAxolotlSenderKeyDistributionMessage(ByteString.copyFrom(told)))
                .build();
    }
}
