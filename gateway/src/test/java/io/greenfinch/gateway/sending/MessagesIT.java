package io.greenfinch.gateway.sending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import io.greenfinch.gateway.TestGateway;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.message.MessageEnvelope;
import io.greenfinch.protocol.proto.ContextInfo;
import io.greenfinch.protocol.proto.ExtendedTextMessage;
import io.greenfinch.protocol.proto.Message;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Messages from the caller to WhatsApp and back, in queue, journals and notifications (green-api.md §5.1, §6.5 to §6.9, §7, §8). */
@Timeout(90)
class MessagesIT {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String BOB = "15550001002@c.us";
    private static final Jid BOBS = Jid.pn("15550001002");
    private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");
    private static final Account ANNA =
            new Account(new Jid("15550001001", 3, Jid.USERS, 0), Optional.empty(), "android");

    @TempDir
    private Path data;

    private TestGateway gateway;
    private Gateway.NewInstance instance;

    @BeforeEach
    void start() {
        gateway = TestGateway.start(data);
        instance = gateway.gateway().createInstance("test");
        set("{\"incomingWebhook\":\"yes\",\"outgoingWebhook\":\"yes\",\"outgoingMessageWebhook\":\"yes\","
                + "\"outgoingAPIMessageWebhook\":\"yes\"}");
        accepting();
        online();
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void aMessageGoesOutUnderTheIdThatWasAnsweredAndItsWayIsTold() {
        String id = send("{\"chatId\":\"" + BOB + "\",\"message\":\"Hi\"}");
        assertThat(id).matches("3EB0[0-9A-F]{18}");
        assertThat(next())
                .isEqualTo("{\"typeWebhook\":\"outgoingMessageStatus\",\"chatId\":\"" + BOB + "\",\"instanceData\":"
                        + data() + ",\"timestamp\":" + NOON.getEpochSecond() + ",\"idMessage\":\"" + id
                        + "\",\"status\":\"sent\",\"sendByApi\":true}");
        assertThat(next())
                .isEqualTo(
                        "{\"typeWebhook\":\"outgoingAPIMessageReceived\",\"instanceData\":" + data()
                                + ",\"timestamp\":" + NOON.getEpochSecond() + ",\"idMessage\":\"" + id
                                + "\",\"senderData\":{\"chatId\":\"" + BOB
                                + "\",\"chatName\":\"\",\"sender\":\"15550001001@c.us\",\"senderName\":\"\","
                                + "\"senderContactName\":\"\"},\"messageData\":{\"typeMessage\":\"extendedTextMessage\","
                                + "\"extendedTextMessageData\":{\"text\":\"Hi\",\"description\":\"\",\"title\":\"\","
                                + "\"previewType\":\"None\",\"jpegThumbnail\":\"\",\"forwardingScore\":0,\"isForwarded\":false}}}");
        assertThat(sent()).singleElement().satisfies(message -> {
            assertThat(message.id()).isEqualTo(id);
            assertThat(message.chat()).isEqualTo(BOBS);
            assertThat(message.content().getConversation()).isEqualTo("Hi");
        });
        receipt(ReceiptKind.DELIVERED, id);
        receipt(ReceiptKind.DELIVERED, id);
        receipt(ReceiptKind.READ, id, "3EB0AAAAAAAAAAAAAAAAAA");
        receipt(ReceiptKind.DELIVERED, id);
        assertThat(next()).contains("\"status\":\"delivered\"");
        assertThat(next()).contains("\"status\":\"read\"");
        assertThat(get("getWebhooksCount")).isEqualTo("{\"count\":0}");
        JsonNode kept = JSON.readTree(post("getMessage", "{\"chatId\":\"" + BOB + "\",\"idMessage\":\"" + id + "\"}"));
        assertThat(kept.path("statusMessage").stringValue()).isEqualTo("read");
        assertThat(kept.path("textMessage").stringValue()).isEqualTo("Hi");
        assertThat(kept.path("sendByApi").booleanValue()).isTrue();
        assertThat(get("lastOutgoingMessages")).isEqualTo("[" + kept + "]");
        assertThat(get("lastIncomingMessages")).isEqualTo("[]");
        assertThat(get("getMessagesCount")).isEqualTo("{\"count\":0}");
    }

    @Test
    void whoIsNotLinkedSendsInOrderOnceLinkedAlsoAfterARestart() {
        gateway.of(instance).status(new SessionStatus(Phase.UNLINKED, NOON, Optional.empty(), Optional.empty()));
        String first = send("{\"chatId\":\"" + BOB + "\",\"message\":\"one\"}");
        String second =
                send("{\"chatId\":\"" + BOB + "\",\"message\":\"two\",\"typingTime\":0,\"quotedMessageId\":\"\"}");
        assertThat(get("getMessagesCount")).isEqualTo("{\"count\":2}");
        assertThat(get("showMessagesQueue"))
                .startsWith(
                        "[{\"messageID\":\"" + first + "\",\"type\":\"sendMessage\",\"body\":{\"chatId\":\"" + BOB
                                + "\",\"message\":\"one\",\"linkPreview\":true,\"typePreview\":\"small\",\"typingTime\":null}},")
                .contains(second);
        assertThat(sent()).isEmpty();
        gateway.close();
        gateway = TestGateway.start(data);
        accepting();
        online();
        await().untilAsserted(
                        () -> assertThat(sent()).extracting(OutgoingMessage::id).containsExactly(first, second));
        await().until(() -> get("getMessagesCount").equals("{\"count\":0}"));
    }

    @Test
    void whatIsNotKnownIsAskedAgainUnderTheSameId() {
        gateway.of(instance).scripted().sending(message -> new Outcome.Unknown<>(Silence.UNKNOWN));
        String id = send("{\"chatId\":\"" + BOB + "\",\"message\":\"Hi\"}");
        await().until(() -> sent().size() == 1);
        accepting();
        online();
        assertThat(next()).contains("\"status\":\"sent\"", id);
        assertThat(sent()).hasSizeGreaterThan(1).extracting(OutgoingMessage::id).containsOnly(id);
    }

    @Test
    void aRefusalIsTold() {
        set("{\"outgoingWebhook\":\"no\"}");
        refusing(Refusal.NOT_ON_WHATSAPP, 0);
        send("{\"chatId\":\"" + BOB + "\",\"message\":\"Hi\"}");
        assertThat(next()).contains("\"status\":\"noAccount\",\"sendByApi\":true}");
        refusing(Refusal.PRIVACY, 463);
        send("{\"chatId\":\"" + BOB + "\",\"message\":\"Hi\"}");
        assertThat(next()).contains("\"status\":\"failed\",\"sendByApi\":true,\"description\":\"privacy 463\"}");
        set("{\"outgoingWebhook\":\"yes\"}");
        refusing(Refusal.NOT_A_MEMBER, 0);
        send("{\"chatId\":\"120363000000000001@g.us\",\"message\":\"Hi\"}");
        assertThat(next()).contains("\"status\":\"notInGroup\"");
        assertThat(get("getMessagesCount")).isEqualTo("{\"count\":0}");
        assertThat(get("lastOutgoingMessages")).contains("\"notInGroup\"", "\"failed\"", "\"noAccount\"");
    }

    @Test
    void aReplyQuotesWhatIsKnown() {
        comes(
                "3A00000000000000AAAA",
                BOBS,
                Optional.of(Message.newBuilder().setConversation("How are you?").build()));
        String reply =
                send("{\"chatId\":\"" + BOB + "\",\"message\":\"Fine\",\"quotedMessageId\":\"3A00000000000000AAAA\"}");
        send("{\"chatId\":\"" + BOB + "\",\"message\":\"What?\",\"quotedMessageId\":\"3A0000000000000UNKNOWN\"}");
        await().until(() -> sent().size() == 2);
        ContextInfo context = sent().get(0).content().getExtendedTextMessage().getContextInfo();
        assertThat(context.getStanzaId()).isEqualTo("3A00000000000000AAAA");
        assertThat(context.getParticipant()).isEqualTo("15550001002@s.whatsapp.net");
        assertThat(context.getQuotedMessage().getConversation()).isEqualTo("How are you?");
        assertThat(sent().get(1).content().getConversation()).isEqualTo("What?");
        assertThat(next()).contains("incomingMessageReceived");
        assertThat(next()).contains("\"status\":\"sent\"", reply);
        assertThat(next())
                .endsWith("\"messageData\":{\"typeMessage\":\"quotedMessage\",\"extendedTextMessageData\":"
                        + "{\"text\":\"Fine\",\"stanzaId\":\"3A00000000000000AAAA\",\"participant\":\"" + BOB
                        + "\"},\"quotedMessage\":{\"stanzaId\":\"3A00000000000000AAAA\",\"participant\":\"" + BOB
                        + "\",\"typeMessage\":\"textMessage\",\"textMessage\":\"How are you?\"}}}");
    }

    @Test
    void typingIsShownFirst() {
        send("{\"chatId\":\"" + BOB + "\",\"message\":\"Hi\",\"typingTime\":1000}");
        await().until(() -> sent().size() == 1);
        assertThat(gateway.of(instance).scripted().shown()).containsExactly(BOBS + " true");
    }

    @Test
    void whatIsDroppedFromTheQueueHasFailed() {
        gateway.of(instance).status(new SessionStatus(Phase.UNLINKED, NOON, Optional.empty(), Optional.empty()));
        send("{\"chatId\":\"" + BOB + "\",\"message\":\"one\"}");
        send("{\"chatId\":\"" + BOB + "\",\"message\":\"two\"}");
        assertThat(get("clearMessagesQueue")).isEqualTo("{\"isCleared\":true}");
        assertThat(get("showMessagesQueue")).isEqualTo("[]");
        assertThat(JSON.readTree(get("lastOutgoingMessages")).valueStream())
                .hasSize(2)
                .allMatch(item -> item.path("statusMessage").stringValue().equals("failed"));
        online();
        send("{\"chatId\":\"" + BOB + "\",\"message\":\"three\"}");
        await().until(() -> !sent().isEmpty());
        assertThat(sent())
                .extracting(message -> message.content().getConversation())
                .containsExactly("three");
    }

    @Test
    void aRepeatUnderTheSameKeyIsOneMessage() {
        String body = "{\"chatId\":\"" + BOB + "\",\"message\":\"Hi\"}";
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(gateway.gateway().apiUrl() + TestGateway.path(instance, "sendMessage")))
                .header("Idempotency-Key", "k")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        String first = gateway.send(request).body();
        assertThat(gateway.send(request).body()).isEqualTo(first);
        await().until(() -> !sent().isEmpty());
        await().until(() -> get("getMessagesCount").equals("{\"count\":0}"));
        assertThat(sent()).hasSize(1);
    }

    @Test
    void wrongFieldsAreToldInTheDocumentedWords() {
        wrong("{\"message\":\"Hi\"}", "'chatId' is required");
        wrong("{\"chatId\":\"" + BOB + "\"}", "'message' is required");
        wrong("{\"chatId\":\"" + BOB + "\",\"message\":\"\"}", "'message' is not allowed to be empty");
        wrong("{\"chatId\":\"\",\"message\":\"Hi\"}", "'chatId' is not allowed to be empty");
        wrong(
                "{\"chatId\":\"Bob\",\"message\":\"Hi\"}",
                "'chatId' must be one of the next formats: 'phone_number@c.us', 'chat_id@lid' or 'group_id@g.us'");
        wrong("{\"chatId\":\"1@c.us\",\"message\":\"Hi\"}", "'chatId': invalid phone number");
        wrong(
                "{\"chatId\":\"" + BOB + "\",\"message\":\"" + "x".repeat(20_001) + "\"}",
                "'message' length must be less than or equal to 20000 characters long");
        wrong(
                "{\"chatId\":\"" + BOB + "\",\"message\":\"Hi\",\"quotedMessageId\":\"short\"}",
                "'message id' must be at least 16 symbols");
        wrong(
                "{\"chatId\":\"" + BOB + "\",\"message\":\"Hi\",\"linkPreview\":\"test\"}",
                "'linkPreview' must be a boolean");
        wrong(
                "{\"chatId\":\"" + BOB + "\",\"message\":\"Hi\",\"typingTime\":999}",
                "'typingTime' must be greater than or equal to 1000");
        wrong("{\"chatId\":\"" + BOB + "\",\"message\":\"Hi\",\"x\":1}", "'x' is not allowed");
        wrong(
                "{\"chatId\":\"" + BOB + "\",\"message\":\"Hi\",\"customPreview\":{}}",
                "'customPreview' must have a 'title'");
        send("{\"chatId\":\"" + BOB + "\",\"message\":\" \",\"archiveChat\":false,\"typePreview\":\"large\","
                + "\"customPreview\":{\"title\":\"t\",\"link\":\"l\"}}");
    }

    @Test
    void whatComesInIsToldOnceAndKept() {
        Optional<Message> hello =
                Optional.of(Message.newBuilder().setConversation("Hello").build());
        comes("F7AEC1B7086ECDC7E6E45923F5EDB825", BOBS, hello);
        comes("F7AEC1B7086ECDC7E6E45923F5EDB825", BOBS, hello);
        comes("F7AEC1B7086ECDC7E6E45923F5EDB826", BOBS, Optional.empty());
        comes("F7AEC1B7086ECDC7E6E45923F5EDB827", Jid.group("120363000000000001"), Optional.of(reply()));
        assertThat(next())
                .isEqualTo("{\"typeWebhook\":\"incomingMessageReceived\",\"instanceData\":" + data()
                        + ",\"timestamp\":" + NOON.getEpochSecond()
                        + ",\"idMessage\":\"F7AEC1B7086ECDC7E6E45923F5EDB825\",\"senderData\":{\"chatId\":\"" + BOB
                        + "\",\"chatName\":\"Bob\",\"sender\":\"" + BOB
                        + "\",\"senderName\":\"Bob\",\"senderContactName\":\"\"},\"messageData\":"
                        + "{\"typeMessage\":\"textMessage\",\"textMessageData\":{\"textMessage\":\"Hello\"}}}");
        assertThat(next()).contains("{{SWE003}}");
        assertThat(next()).contains("\"chatId\":\"120363000000000001@g.us\"", "\"typeMessage\":\"quotedMessage\"");
        assertThat(get("getWebhooksCount")).isEqualTo("{\"count\":0}");
        JsonNode history = JSON.readTree(post("getChatHistory", "{\"chatId\":\"" + BOB + "\",\"count\":5}"));
        assertThat(history.valueStream())
                .extracting(item -> item.path("textMessage").stringValue())
                .containsExactly("{{SWE003}}", "Hello");
        assertThat(history.get(1).toString())
                .isEqualTo("{\"type\":\"incoming\",\"idMessage\":\"F7AEC1B7086ECDC7E6E45923F5EDB825\",\"timestamp\":"
                        + NOON.getEpochSecond() + ",\"typeMessage\":\"textMessage\",\"chatId\":\"" + BOB
                        + "\",\"senderId\":\"" + BOB
                        + "\",\"senderName\":\"Bob\",\"senderContactName\":\"\",\"isForwarded\":false,"
                        + "\"forwardingScore\":0,\"textMessage\":\"Hello\"}");
        assertThat(post("getChatHistory", "{\"chatId\":\"15550009999@c.us\"}")).isEqualTo("[]");
        assertThat(post("getChatHistory", "{}")).isEqualTo("[]");
        assertThat(post("getChatHistory", "{\"chatId\":\"" + BOB + "\",\"count\":-1}"))
                .contains("must be greater than or equal to 1");
        assertThat(post("getMessage", "{\"chatId\":\"" + BOB + "\",\"idMessage\":\"BAE5000000000000\"}"))
                .contains("\"message\":\"Message not found by id BAE5000000000000\"");
    }

    @Test
    void whatTheAccountWritesOnItsPhoneIsTold() {
        ChatMessage message = new ChatMessage(
                "3A00000000000000BBBB",
                BOBS,
                new Person(Optional.of(ANNA.pn().account()), Optional.empty()),
                true,
                NOON,
                Optional.empty(),
                false,
                MessageEnvelope.ofPlain(Message.newBuilder()
                        .setConversation("From my phone")
                        .build()
                        .toByteArray()));
        gateway.happens(instance, new SessionEvent.MessageReceived(NOON, message));
        assertThat(next()).contains("outgoingMessageReceived", "\"sender\":\"15550001001@c.us\"", "From my phone");
        receipt(ReceiptKind.READ, "3A00000000000000BBBB");
        assertThat(next()).contains("\"status\":\"read\",\"sendByApi\":false}");
    }

    private static Message reply() {
        return Message.newBuilder()
                .setExtendedTextMessage(ExtendedTextMessage.newBuilder()
                        .setText("Yes")
                        .setContextInfo(ContextInfo.newBuilder()
                                .setStanzaId("3A00000000000000CCCC")
                                .setParticipant("15550001001@s.whatsapp.net")
                                .setQuotedMessage(Message.newBuilder().setConversation("Coming?"))))
                .build();
    }

    private void comes(String id, Jid chat, Optional<Message> content) {
        ChatMessage message = new ChatMessage(
                id,
                chat,
                new Person(Optional.of(BOBS), Optional.empty()),
                false,
                NOON,
                Optional.of("Bob"),
                false,
                content.flatMap(known -> MessageEnvelope.ofPlain(known.toByteArray())));
        gateway.happens(instance, new SessionEvent.MessageReceived(NOON, message));
    }

    private void receipt(ReceiptKind kind, String... ids) {
        gateway.happens(
                instance,
                new SessionEvent.ReceiptReceived(
                        NOON, BOBS, Optional.of(new Person(Optional.of(BOBS), Optional.empty())), kind, List.of(ids)));
    }

    /** WhatsApp takes everything from now on. */
    private void accepting() {
        gateway.of(instance).scripted().sending(message -> {
            gateway.happens(instance, new SessionEvent.MessageAccepted(NOON, message.id(), message.chat()));
            return new Outcome.Done<>(new SentMessage(message.id(), NOON));
        });
    }

    private void refusing(Refusal reason, int code) {
        gateway.of(instance).scripted().sending(message -> {
            gateway.happens(
                    instance, new SessionEvent.MessageRefused(NOON, message.id(), message.chat(), reason, code));
            return new Outcome.Refused<>(reason, code);
        });
    }

    private void online() {
        SessionStatus status = new SessionStatus(Phase.ONLINE, NOON, Optional.of(ANNA), Optional.empty());
        gateway.of(instance).status(status);
        gateway.happens(instance, new SessionEvent.StatusChanged(NOON, status));
    }

    private List<OutgoingMessage> sent() {
        return gateway.of(instance).scripted().sent();
    }

    private String send(String body) {
        return JSON.readTree(post("sendMessage", body)).path("idMessage").stringValue();
    }

    private void wrong(String body, String detail) {
        assertThat(JSON.readTree(post("sendMessage", body)).path("message").stringValue())
                .isEqualTo("Validation failed. Details: " + detail);
    }

    /** The body of the next notification, which is taken. */
    private String next() {
        JsonNode received = JSON.readTree(get("receiveNotification?receiveTimeout=20"));
        gateway.send("DELETE", TestGateway.path(instance, "deleteNotification") + "/" + received.path("receiptId"), "");
        return received.path("body").toString();
    }

    private String data() {
        return "{\"idInstance\":" + instance.id() + ",\"wid\":\"15550001001@c.us\",\"typeInstance\":\"whatsapp\"}";
    }

    private void set(String settings) {
        assertThat(post("setSettings", settings)).isEqualTo("{\"saveSettings\":true}");
    }

    private String post(String method, String body) {
        return gateway.post(TestGateway.path(instance, method), body).body();
    }

    private String get(String call) {
        int query = call.indexOf('?') < 0 ? call.length() : call.indexOf('?');
        return gateway.get(TestGateway.path(instance, call.substring(0, query)) + call.substring(query))
                .body();
    }
}
