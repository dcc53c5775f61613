package io.greenfinch.interop.service;

import static org.awaitility.Awaitility.await;

import io.greenfinch.client.Client;
import io.greenfinch.client.ClientSettings;
import io.greenfinch.client.PairingCode;
import io.greenfinch.client.Session;
import io.greenfinch.client.SessionEvent;
import io.greenfinch.client.group.Departed;
import io.greenfinch.client.message.ChatMessage;
import io.greenfinch.client.message.OutgoingMessage;
import io.greenfinch.client.message.SentMessage;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.store.Change;
import io.greenfinch.client.store.InMemoryLeaveIntents;
import io.greenfinch.client.store.InMemorySessionStore;
import io.greenfinch.client.store.SessionStore;
import io.greenfinch.client.store.StateKind;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.message.MessageEnvelope;
import io.greenfinch.protocol.proto.ContextInfo;
import io.greenfinch.protocol.proto.ExtendedTextMessage;
import io.greenfinch.protocol.proto.Message;
import io.greenfinch.simulator.Simulator;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** Our own engine, linked to somebody's account, without a gateway around it. */
public final class Engine implements AutoCloseable {

    private static final long INSTANCE = 1;
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final Clock clock = Clock.systemUTC();
    private final SessionStore<SessionEvent> store;
    private final List<SessionEvent> events;
    private final Client client;
    private volatile Session session;

    private Engine(Simulator simulator, SessionStore<SessionEvent> store, List<SessionEvent> events) {
        this.store = store;
        this.events = events;
        client = new Client(
                ClientSettings.defaults(simulator.chatUrl(), HexFormat.of().parseHex(simulator.rootKeyHex())),
                clock,
                new SecureRandom());
        session = open();
    }

    private Session open() {
        return client.session(INSTANCE, store, new InMemoryLeaveIntents(clock), store::commit);
    }

    /** Waits until it is online. */
    public void awaitOnline() {
        await("the engine is online")
                .atMost(DEADLINE)
                .until(() -> session.account().status().online());
    }

    /** Links an account of this name, which is made if there is none, and waits until it is online. */
    public static Engine link(Simulator simulator, SimulatorAdmin admin, String name) {
        List<SessionEvent> events = new CopyOnWriteArrayList<>();
        SessionStore<SessionEvent> store = new InMemorySessionStore<>((instance, event) -> {
            events.add(event);
            return () -> events.remove(event);
        });
        return link(simulator, admin, name, store, events);
    }

    /**
     * The same with another store.
     *
     * @param events what is stored there, in order
     */
    public static Engine link(
            Simulator simulator,
            SimulatorAdmin admin,
            String name,
            SessionStore<SessionEvent> store,
            List<SessionEvent> events) {
        Engine engine = new Engine(simulator, store, events);
        engine.session.account().start();
        PairingCode code = engine.session.account().pairingCode(engine.soon());
        admin.scan(((PairingCode.Code) code).text(), name);
        engine.awaitOnline();
        return engine;
    }

    /** Whom it is linked to. */
    public Jid account() {
        return session.account().status().account().orElseThrow().pn().account();
    }

    /** Sends a text, and returns the id once it is accepted. */
    public String send(Jid chat, String text) {
        Outcome<SentMessage> outcome = trySending(chat, text);
        if (outcome instanceof Outcome.Done<SentMessage>(SentMessage sent)) {
            return sent.id();
        }
        throw new AssertionError("not sent: " + outcome);
    }

    /** Sends a text. */
    public Outcome<SentMessage> trySending(Jid chat, String text) {
        Message content = Message.newBuilder().setConversation(text).build();
        return session.messages().send(new OutgoingMessage(session.messages().newId(), chat, content), soon());
    }

    /** Sends a text that quotes a message of the other person. */
    public String quote(Jid chat, String text, ChatMessage quoted) {
        ContextInfo context = ContextInfo.newBuilder()
                .setStanzaId(quoted.id())
                .setParticipant(quoted.sender()
                        .pn()
                        .or(quoted.sender()::lid)
                        .orElseThrow()
                        .toString())
                .setQuotedMessage(quoted.content().orElseThrow().content())
                .build();
        Message content = Message.newBuilder()
                .setExtendedTextMessage(
                        ExtendedTextMessage.newBuilder().setText(text).setContextInfo(context))
                .build();
        String id = session.messages().newId();
        session.messages().send(new OutgoingMessage(id, chat, content), soon());
        return id;
    }

    /** Tells whoever wrote a message to us alone that it was read. */
    public void markRead(ChatMessage message) {
        Outcome<Integer> outcome =
                session.messages().markRead(message.chat(), Optional.empty(), List.of(message.id()), soon());
        if (outcome.done().isEmpty()) {
            throw new AssertionError("not told: " + outcome);
        }
    }

    /** Waits for a message with this text. */
    public ChatMessage awaitText(String text) {
        return await("the engine shows %s".formatted(text))
                .atMost(DEADLINE)
                .until(
                        () -> messages().stream()
                                .filter(message -> message.content()
                                        .map(Engine::text)
                                        .filter(text::equals)
                                        .isPresent())
                                .findFirst()
                                .orElse(null),
                        found -> found != null);
    }

    /** Whether WhatsApp has accepted a message, as far as that is stored. */
    public boolean hasSent(String id) {
        return events.stream()
                .anyMatch(event -> event instanceof SessionEvent.MessageAccepted accepted
                        && accepted.id().equals(id));
    }

    /** The messages that came in, in order. */
    public List<ChatMessage> messages() {
        return events.stream()
                .filter(SessionEvent.MessageReceived.class::isInstance)
                .map(event -> ((SessionEvent.MessageReceived) event).message())
                .toList();
    }

    /** Waits for an event. */
    public void awaitEvent(Predicate<SessionEvent> wanted, String what) {
        await(what).atMost(DEADLINE).until(() -> events.stream().anyMatch(wanted));
    }

    /** The keys of what it keeps of a kind. */
    public Set<String> stored(StateKind kind) {
        return store.keys(INSTANCE, kind);
    }

    /** Leaves a group, and tells that its caller has heard of it. */
    public void leave(Jid group) {
        List<Outcome<Departed>> left = session.groups().leave(List.of(group), soon());
        if (left.getFirst().done().isEmpty()) {
            throw new AssertionError("not left: " + left);
        }
        session.groups().answered(List.of(group), true);
    }

    /** Waits until it knows that it is in a group. */
    public void awaitGroup(Jid group) {
        await("the engine is in " + group)
                .atMost(DEADLINE)
                .until(() -> session.groups().cached(group).isPresent());
    }

    /** It loses its Signal sessions. */
    public void forgetSessions() {
        session.close();
        long epoch = store.claim(INSTANCE);
        store.commit(INSTANCE, epoch, List.of(new Change.Clear(StateKind.SESSION)), List.of())
                .toCompletableFuture()
                .join();
        reopen();
        awaitOnline();
    }

    /** Another session takes over from what is stored. */
    public void restart() {
        session.close();
        reopen();
    }

    private void reopen() {
        session = open();
        session.account().start();
    }

    public Session session() {
        return session;
    }

    /** What was written. */
    public static String text(MessageEnvelope envelope) {
        return envelope.content().hasExtendedTextMessage()
                ? envelope.content().getExtendedTextMessage().getText()
                : envelope.content().getConversation();
    }

    private Instant soon() {
        return clock.instant().plus(DEADLINE);
    }

    @Override
    public void close() {
        session.close();
        client.close();
    }
}
