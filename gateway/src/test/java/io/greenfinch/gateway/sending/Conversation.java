package io.greenfinch.gateway.sending;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.client.Account;
import io.greenfinch.client.SessionEvent;
import io.greenfinch.client.SessionStatus;
import io.greenfinch.client.SessionStatus.Phase;
import io.greenfinch.client.group.Person;
import io.greenfinch.client.message.ChatMessage;
import io.greenfinch.client.message.OutgoingMessage;
import io.greenfinch.client.message.ReceiptKind;
import io.greenfinch.client.message.SentMessage;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Refusal;
import io.greenfinch.client.stanza.Silence;
import io.greenfinch.gateway.Gateway;
import io.greenfinch.gateway.GatewaySettings;
import io.greenfinch.gateway.ScriptedSession;
import io.greenfinch.gateway.TestGateway;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.message.MessageEnvelope;
import io.greenfinch.protocol.proto.Message;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An instance that is linked to Anna, with everything switched on, and what its caller, Bob and WhatsApp do. */
final class Conversation implements AutoCloseable {

    static final String BOB = "15550001002@c.us";
    static final Jid BOBS = Jid.pn("15550001002");
    /** When everything happens; WhatsApp tells of seconds. */
    @SuppressWarnings("TimeInStaticInitializer") // one for all that a test compares
    static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    static final Account ANNA = new Account(new Jid("15550001001", 3, Jid.USERS, 0), Optional.empty(), "android");

    private static final JsonMapper JSON = new JsonMapper();

    private final Path data;
    private final Gateway.NewInstance instance;
    private TestGateway gateway;

    Conversation(Path data) {
        this.data = data;
        gateway = TestGateway.start(data);
        instance = gateway.gateway().createInstance("test");
        set("{\"incomingWebhook\":\"yes\",\"outgoingWebhook\":\"yes\",\"outgoingMessageWebhook\":\"yes\","
                + "\"outgoingAPIMessageWebhook\":\"yes\"}");
        accepting();
        online();
    }

    TestGateway gateway() {
        return gateway;
    }

    Gateway.NewInstance instance() {
        return instance;
    }

    ScriptedSession session() {
        return gateway.of(instance);
    }

    /** The account is linked no longer. */
    void unlink() {
        session().scripted().sending(message -> new Outcome.Unknown<>(Silence.NOT_LINKED));
        session().status(new SessionStatus(Phase.UNLINKED, NOW, Optional.empty(), Optional.empty()));
    }

    /** A new process on the same data, not linked yet. */
    void restart() {
        restart(GatewaySettings.MIN_SEND_DELAY);
    }

    /** The same, and its operator allows pauses between messages that are so short. */
    void restart(Duration minSendDelay) {
        gateway.close();
        gateway = TestGateway.startWithSendDelay(data, minSendDelay);
        accepting();
    }

    void happens(SessionEvent event) {
        gateway.happens(instance, event);
    }

    void comes(String id, Jid chat, Optional<Message> content) {
        comes(id, chat, new Person(Optional.of(BOBS), Optional.empty()), false, content);
    }

    /** Somebody writes. */
    void comes(String id, Jid chat, Person sender, boolean admin, Optional<Message> content) {
        ChatMessage message = new ChatMessage(
                id,
                chat,
                chat.isGroup() ? Optional.of("Team") : Optional.empty(),
                sender,
                false,
                admin,
                NOW,
                Optional.of("Bob"),
                false,
                content.flatMap(known -> MessageEnvelope.ofPlain(known.toByteArray())));
        gateway.happens(instance, new SessionEvent.MessageReceived(NOW, message));
    }

    void receipt(ReceiptKind kind, String... ids) {
        gateway.happens(
                instance,
                new SessionEvent.ReceiptReceived(
                        NOW,
                        BOBS,
                        Optional.empty(),
                        Optional.of(new Person(Optional.of(BOBS), Optional.empty())),
                        kind,
                        List.of(ids)));
    }

    /** WhatsApp takes everything from now on. */
    void accepting() {
        session().scripted().sending(message -> {
            gateway.happens(
                    instance, new SessionEvent.MessageAccepted(NOW, message.id(), message.chat(), Optional.empty()));
            return new Outcome.Done<>(new SentMessage(message.id(), NOW));
        });
    }

    void refusing(Refusal reason, int code) {
        session().scripted().sending(message -> {
            gateway.happens(instance, new SessionEvent.MessageRefused(NOW, message.id(), message.chat(), reason, code));
            return new Outcome.Refused<>(reason, code);
        });
    }

    void online() {
        SessionStatus status = new SessionStatus(Phase.ONLINE, NOW, Optional.of(ANNA), Optional.empty());
        session().status(status);
        gateway.happens(instance, new SessionEvent.StatusChanged(NOW, status));
    }

    List<OutgoingMessage> sent() {
        return session().scripted().sent();
    }

    String send(String body) {
        return JSON.readTree(post("sendMessage", body)).path("idMessage").stringValue();
    }

    /** The body of the next notification, which is taken. */
    String next() {
        JsonNode received = JSON.readTree(get("receiveNotification?receiveTimeout=20"));
        gateway.send("DELETE", TestGateway.path(instance, "deleteNotification") + "/" + received.path("receiptId"), "");
        return received.path("body").toString();
    }

    /** Tells of votes, and of what was changed or taken back. */
    Conversation tellingChanges() {
        set("{\"pollMessageWebhook\":\"yes\",\"editedMessageWebhook\":\"yes\",\"deletedMessageWebhook\":\"yes\"}");
        return this;
    }

    /** The {@code messageData} of the next notification, which is taken. */
    JsonNode told() {
        return JSON.readTree(next()).path("messageData");
    }

    /** What the journal tells of a message in the chat with Bob. */
    JsonNode kept(String id) {
        return JSON.readTree(post("getMessage", "{\"chatId\":\"" + BOB + "\",\"idMessage\":\"" + id + "\"}"));
    }

    String data() {
        return "{\"idInstance\":" + instance.id() + ",\"wid\":\"15550001001@c.us\",\"typeInstance\":\"whatsapp\"}";
    }

    void set(String settings) {
        assertThat(post("setSettings", settings)).isEqualTo("{\"saveSettings\":true}");
    }

    String post(String method, String body) {
        return gateway.post(TestGateway.path(instance, method), body).body();
    }

    String get(String call) {
        int query = call.indexOf('?') < 0 ? call.length() : call.indexOf('?');
        return gateway.get(TestGateway.path(instance, call.substring(0, query)) + call.substring(query))
                .body();
    }

    @Override
    public void close() {
        gateway.close();
    }
}
