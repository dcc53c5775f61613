package io.greenfinch.gateway.sending;

import static io.greenfinch.gateway.sending.Conversation.BOB;
import static io.greenfinch.gateway.sending.Conversation.BOBS;
import static io.greenfinch.gateway.sending.Conversation.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.greenfinch.client.DisconnectCause;
import io.greenfinch.client.SessionEvent;
import io.greenfinch.client.SessionStatus;
import io.greenfinch.client.SessionStatus.Phase;
import io.greenfinch.client.message.OutgoingMessage;
import io.greenfinch.client.message.ReceiptKind;
import io.greenfinch.client.message.SentMessage;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Refusal;
import io.greenfinch.client.stanza.Silence;
import io.greenfinch.gateway.TestGateway;
import io.greenfinch.protocol.proto.ContextInfo;
import io.greenfinch.protocol.proto.ExtendedTextMessage;
import io.greenfinch.protocol.proto.Message;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Messages from the caller to WhatsApp, in queue, journals and notifications (green-api.md §5.1, §6.9, §8). */
@Timeout(90)
class SendMessageIT {

    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    private Path data;

    private Conversation anna;

    @BeforeEach
    void start() {
        anna = new Conversation(data);
    }

    @AfterEach
    void stop() {
        anna.close();
    }

    @Test
    void aMessageGoesOutUnderTheIdThatWasAnsweredAndItsWayIsTold() {
        String id = anna.send("{\"chatId\":\"" + BOB + "\",\"message\":\"Hi\"}");
        assertThat(id).matches("3EB0[0-9A-F]{18}");
        assertThat(anna.next())
                .isEqualTo("{\"typeWebhook\":\"outgoingMessageStatus\",\"chatId\":\"" + BOB + "\",\"instanceData\":"
                        + anna.data() + ",\"timestamp\":" + NOW.getEpochSecond() + ",\"idMessage\":\"" + id
                        + "\",\"status\":\"sent\",\"sendByApi\":true}");
        assertThat(anna.next())
                .isEqualTo(
                        "{\"typeWebhook\":\"outgoingAPIMessageReceived\",\"instanceData\":" + anna.data()
                                + ",\"timestamp\":" + NOW.getEpochSecond() + ",\"idMessage\":\"" + id
                                + "\",\"senderData\":{\"chatId\":\"" + BOB
                                + "\",\"chatName\":\"\",\"sender\":\"15550001001@c.us\",\"senderName\":\"\","
                                + "\"senderContactName\":\"\"},\"messageData\":{\"typeMessage\":\"extendedTextMessage\","
                                + "\"extendedTextMessageData\":{\"text\":\"Hi\",\"description\":\"\",\"title\":\"\","
                                + "\"previewType\":\"None\",\"jpegThumbnail\":\"\",\"forwardingScore\":0,\"isForwarded\":false}}}");
        assertThat(anna.sent()).singleElement().satisfies(message -> {
            assertThat(message.id()).isEqualTo(id);
            assertThat(message.chat()).isEqualTo(BOBS);
            assertThat(message.content().getConversation()).isEqualTo("Hi");
        });
        anna.receipt(ReceiptKind.DELIVERED, id);
        anna.receipt(ReceiptKind.DELIVERED, id);
        anna.receipt(ReceiptKind.READ, id, "3EB0AAAAAAAAAAAAAAAAAA");
        anna.receipt(ReceiptKind.DELIVERED, id);
        assertThat(anna.next()).contains("\"status\":\"delivered\"");
        assertThat(anna.next()).contains("\"status\":\"read\"");
        assertThat(anna.get("getWebhooksCount")).isEqualTo("{\"count\":0}");
        JsonNode kept =
                JSON.readTree(anna.post("getMessage", "{\"chatId\":\"" + BOB + "\",\"idMessage\":\"" + id + "\"}"));
        assertThat(kept.path("statusMessage").stringValue()).isEqualTo("read");
        assertThat(kept.path("textMessage").stringValue()).isEqualTo("Hi");
        assertThat(kept.path("sendByApi").booleanValue()).isTrue();
        assertThat(anna.get("lastOutgoingMessages")).isEqualTo("[" + kept + "]");
        assertThat(anna.get("lastIncomingMessages")).isEqualTo("[]");
        assertThat(anna.get("getMessagesCount")).isEqualTo("{\"count\":0}");
    }

    @Test
    void aReceiptThatComesBeforeTheAcknowledgementSaysThatItWasSent() {
        anna.session().scripted().sending(message -> {
            anna.receipt(ReceiptKind.DELIVERED, message.id());
            anna.happens(new SessionEvent.MessageAccepted(NOW, message.id(), message.chat(), Optional.empty()));
            return new Outcome.Done<>(new SentMessage(message.id(), NOW));
        });
        String id = anna.send("{\"chatId\":\"" + BOB + "\",\"message\":\"Hi\"}");
        assertThat(anna.next()).contains("\"status\":\"sent\"", id);
        assertThat(anna.next()).contains("outgoingAPIMessageReceived", id);
        assertThat(anna.next()).contains("\"status\":\"delivered\"", id);
        await().until(() -> anna.get("getMessagesCount").equals("{\"count\":0}"));
        assertThat(anna.get("getWebhooksCount")).isEqualTo("{\"count\":0}");
    }

    @Test
    void whoIsNotLinkedSendsInOrderOnceLinkedAlsoAfterARestart() {
        anna.unlink();
        String first = anna.send("{\"chatId\":\"" + BOB + "\",\"message\":\"one\"}");
        String second =
                anna.send("{\"chatId\":\"" + BOB + "\",\"message\":\"two\",\"typingTime\":0,\"quotedMessageId\":\"\"}");
        assertThat(anna.get("getMessagesCount")).isEqualTo("{\"count\":2}");
        assertThat(anna.get("showMessagesQueue"))
                .startsWith(
                        "[{\"messageID\":\"" + first + "\",\"type\":\"sendMessage\",\"body\":{\"chatId\":\"" + BOB
                                + "\",\"message\":\"one\",\"linkPreview\":true,\"typePreview\":\"small\",\"typingTime\":null}},")
                .contains(second);
        anna.restart();
        anna.online();
        await().untilAsserted(() ->
                assertThat(anna.sent()).extracting(OutgoingMessage::id).containsExactly(first, second));
        await().until(() -> anna.get("getMessagesCount").equals("{\"count\":0}"));
    }

    @Test
    void whatIsNotKnownIsAskedAgainUnderTheSameId() {
        anna.session().scripted().sending(message -> new Outcome.Unknown<>(Silence.UNKNOWN));
        String id = anna.send("{\"chatId\":\"" + BOB + "\",\"message\":\"Hi\"}");
        await().until(() -> anna.sent().size() == 1);
        anna.accepting();
        anna.online();
        assertThat(anna.next()).contains("\"status\":\"sent\"", id);
        assertThat(anna.sent())
                .hasSizeGreaterThan(1)
                .extracting(OutgoingMessage::id)
                .containsOnly(id);
    }

    @Test
    void aRefusalIsTold() {
        anna.set("{\"outgoingWebhook\":\"no\"}");
        anna.refusing(Refusal.NOT_ON_WHATSAPP, 0);
        anna.send("{\"chatId\":\"" + BOB + "\",\"message\":\"Hi\"}");
        assertThat(anna.next()).contains("\"status\":\"noAccount\",\"sendByApi\":true}");
        anna.refusing(Refusal.PRIVACY, 463);
        anna.send("{\"chatId\":\"" + BOB + "\",\"message\":\"Hi\"}");
        assertThat(anna.next()).contains("\"status\":\"failed\",\"sendByApi\":true,\"description\":\"privacy 463\"}");
        anna.set("{\"outgoingWebhook\":\"yes\"}");
        anna.refusing(Refusal.NOT_A_MEMBER, 0);
        anna.send("{\"chatId\":\"120363000000000001@g.us\",\"message\":\"Hi\"}");
        assertThat(anna.next()).contains("\"status\":\"notInGroup\"");
        assertThat(anna.get("getMessagesCount")).isEqualTo("{\"count\":0}");
        assertThat(anna.get("lastOutgoingMessages")).contains("\"notInGroup\"", "\"failed\"", "\"noAccount\"");
    }

    /** The later of two counts: it is shown until that one's time is over. */
    @Test
    void typingIsShownByItself() {
        assertThat(anna.post("sendTyping", "{\"chatId\":\"" + BOB + "\",\"typingTime\":1000}"))
                .isEmpty();
        assertThat(anna.post(
                        "sendTyping", "{\"chatId\":\"" + BOB + "\",\"typingTime\":2000,\"typingType\":\"recording\"}"))
                .isEmpty();
        await().untilAsserted(() -> assertThat(anna.session().scripted().shown())
                .containsExactly(BOBS + " true", BOBS + " true", BOBS + " false"));
        assertThat(anna.sent()).isEmpty();
    }

    @Test
    void typingIsShownToNobodyWithoutAConnection() {
        anna.session()
                .status(new SessionStatus(
                        Phase.RECONNECTING, Conversation.NOW, Optional.of(Conversation.ANNA), Optional.empty()));
        assertThat(anna.post("sendTyping", "{\"chatId\":\"" + BOB + "\"}")).contains("\"statusCode\":502");
        assertThat(anna.session().scripted().shown()).isEmpty();
    }

    @Test
    void typingIsShownFirst() {
        anna.send("{\"chatId\":\"" + BOB + "\",\"message\":\"Hi\",\"typingTime\":1000}");
        await().until(() -> anna.sent().size() == 1);
        assertThat(anna.session().scripted().shown()).containsExactly(BOBS + " true");
    }

    @Test
    void typingIsShownFirstWhereTheSettingsSaySo() {
        anna.set("{\"autoTyping\":1000}");
        anna.send("{\"chatId\":\"" + BOB + "\",\"message\":\"Hi\"}");
        await().until(() -> anna.sent().size() == 1);
        assertThat(anna.session().scripted().shown()).containsExactly(BOBS + " true");
        anna.send("{\"chatId\":\"" + BOB + "\",\"message\":\"Hi\",\"typingTime\":0}");
        await().until(() -> anna.sent().size() == 2);
        assertThat(anna.session().scripted().shown()).as("0 is like nothing").hasSize(2);
    }

    /** What may have been sent is not dropped, whatever the settings are by then. */
    @Test
    void typingThatIsSwitchedOnLaterForgetsNothing() {
        anna.session().scripted().sending(message -> new Outcome.Unknown<>(Silence.UNKNOWN));
        anna.send("{\"chatId\":\"" + BOB + "\",\"message\":\"Hi\"}");
        await().until(() -> !anna.sent().isEmpty());
        anna.set("{\"autoTyping\":1000}");
        anna.online();
        await().until(() -> !anna.session().scripted().shown().isEmpty());
        assertThat(anna.get("clearMessagesQueue")).isEqualTo("{\"isCleared\":true}");
        assertThat(anna.get("getMessagesCount")).isEqualTo("{\"count\":1}");
    }

    @Test
    void theQueueShowsWhatWasAskedFor() {
        String id = "F7AEC1B7086ECDC7E6E45923F5EDC011";
        anna.comes(
                id,
                BOBS,
                Optional.of(Message.newBuilder().setConversation("Pass it on").build()));
        anna.unlink();
        String to = "{\"chatId\":\"" + BOB + "\",";
        JsonNode passed = JSON.readTree(
                anna.post("forwardMessages", to + "\"chatIdFrom\":\"" + BOB + "\",\"messages\":[\"" + id + "\"]}"));
        anna.post("sendLink", to + "\"urlLink\":\"http://localhost/a\"}");
        JsonNode queue = JSON.readTree(anna.get("showMessagesQueue"));
        assertThat(queue.valueStream())
                .extracting(item -> item.path("type").stringValue())
                .containsExactly("ForwardMessages", "sendLink");
        assertThat(queue.at("/0/messagesIDs")).isEqualTo(passed.path("messages"));
        assertThat(queue.at("/1/body/urlLink").stringValue()).isEqualTo("http://localhost/a");
    }

    @Test
    void linksHaveNoPreviewsWhereTheSettingsSaySo() {
        anna.unlink();
        for (String off : List.of("false", "\"no\"")) {
            anna.set("{\"linkPreview\":" + off + "}");
            anna.send("{\"chatId\":\"" + BOB + "\",\"message\":\"http://localhost/" + off.length() + "\"}");
        }
        assertThat(anna.get("showMessagesQueue"))
                .contains("\"linkPreview\":false")
                .doesNotContain("\"linkPreview\":true");
        anna.set("{\"linkPreview\":\"yes\"}");
        anna.send("{\"chatId\":\"" + BOB + "\",\"message\":\"Hi\"}");
        assertThat(anna.get("showMessagesQueue")).contains("\"linkPreview\":true");
    }

    @Test
    void whatStillWaitsWhenTheAccountIsUnlinkedIsToldAsFailed() {
        anna.unlink();
        String id = anna.send("{\"chatId\":\"" + BOB + "\",\"message\":\"one\"}");
        anna.happens(new SessionEvent.Unlinked(NOW, DisconnectCause.UNLINKED));
        assertThat(anna.next())
                .contains("\"status\":\"failed\"", id, "not known to be sent when the account was unlinked");
        assertThat(anna.get("getMessagesCount")).isEqualTo("{\"count\":0}");
        assertThat(anna.get("lastOutgoingMessages")).isEqualTo("[]");
    }

    @Test
    void whatWhatsAppWillNeverHaveCanNotBeChanged() {
        anna.refusing(Refusal.OTHER, 400);
        String id = anna.send("{\"chatId\":\"" + BOB + "\",\"message\":\"one\"}");
        assertThat(anna.next()).contains("\"status\":\"failed\"");
        String about = "{\"chatId\":\"" + BOB + "\",\"idMessage\":\"" + id + "\"";
        assertThat(anna.post("editMessage", about + ",\"message\":\"two\"}"))
                .contains("Message " + id + " was not sent");
        assertThat(anna.post("deleteMessage", about + "}")).contains("Message " + id + " was not sent");
    }

    @Test
    void theTimeForAChangeCountsFromWhenAMessageWasSent() {
        anna.session().scripted().sending(message -> {
            anna.happens(new SessionEvent.MessageAccepted(
                    NOW.minus(Duration.ofMinutes(16)), message.id(), message.chat(), Optional.empty()));
            return new Outcome.Done<>(new SentMessage(message.id(), NOW));
        });
        String id = anna.send("{\"chatId\":\"" + BOB + "\",\"message\":\"one\"}");
        assertThat(anna.next()).contains("\"status\":\"sent\"");
        assertThat(anna.next()).contains("outgoingAPIMessageReceived");
        assertThat(JSON.readTree(anna.post("getMessage", "{\"chatId\":\"" + BOB + "\",\"idMessage\":\"" + id + "\"}"))
                        .path("timestamp")
                        .longValue())
                .isEqualTo(NOW.minus(Duration.ofMinutes(16)).getEpochSecond());
        anna.post("editMessage", "{\"chatId\":\"" + BOB + "\",\"idMessage\":\"" + id + "\",\"message\":\"two\"}");
        assertThat(anna.next()).contains("\"status\":\"failed\"", "15 minute editing time gap");
    }

    @Test
    void whatIsDroppedFromTheQueueHasFailed() {
        anna.unlink();
        anna.send("{\"chatId\":\"" + BOB + "\",\"message\":\"one\"}");
        anna.send("{\"chatId\":\"" + BOB + "\",\"message\":\"two\"}");
        assertThat(anna.get("clearMessagesQueue")).isEqualTo("{\"isCleared\":true}");
        assertThat(anna.get("showMessagesQueue")).isEqualTo("[]");
        assertThat(JSON.readTree(anna.get("lastOutgoingMessages")).valueStream())
                .hasSize(2)
                .allMatch(item -> item.path("statusMessage").stringValue().equals("failed"));
        anna.online();
        anna.send("{\"chatId\":\"" + BOB + "\",\"message\":\"three\"}");
        await().until(() -> !anna.sent().isEmpty());
        assertThat(anna.sent())
                .extracting(message -> message.content().getConversation())
                .containsExactly("three");
    }

    @Test
    void whatIsOnItsWayIsNotDroppedFromTheQueue() {
        CompletableFuture<Boolean> begun = new CompletableFuture<>();
        CompletableFuture<Boolean> cleared = new CompletableFuture<>();
        anna.session().scripted().sending(message -> {
            begun.complete(true);
            cleared.orTimeout(20, TimeUnit.SECONDS).join();
            anna.happens(new SessionEvent.MessageAccepted(NOW, message.id(), message.chat(), Optional.empty()));
            return new Outcome.Done<>(new SentMessage(message.id(), NOW));
        });
        anna.online();
        anna.send("{\"chatId\":\"" + BOB + "\",\"message\":\"one\"}");
        begun.orTimeout(20, TimeUnit.SECONDS).join();
        anna.send("{\"chatId\":\"" + BOB + "\",\"message\":\"two\"}");
        assertThat(anna.get("clearMessagesQueue")).isEqualTo("{\"isCleared\":true}");
        cleared.complete(true);
        await().until(() -> anna.get("getMessagesCount").equals("{\"count\":0}"));
        assertThat(JSON.readTree(anna.get("lastOutgoingMessages")).valueStream())
                .extracting(item -> item.path("textMessage").stringValue() + " "
                        + item.path("statusMessage").stringValue())
                .containsExactlyInAnyOrder("one sent", "two failed");
    }

    @Test
    void aRepeatUnderTheSameKeyIsOneMessage() {
        String body = "{\"chatId\":\"" + BOB + "\",\"message\":\"Hi\"}";
        HttpRequest request = HttpRequest.newBuilder(URI.create(
                        anna.gateway().gateway().apiUrl() + TestGateway.path(anna.instance(), "sendMessage")))
                .header("Idempotency-Key", "k")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        String first = anna.gateway().send(request).body();
        assertThat(anna.gateway().send(request).body()).isEqualTo(first);
        await().until(() -> !anna.sent().isEmpty());
        await().until(() -> anna.get("getMessagesCount").equals("{\"count\":0}"));
        assertThat(anna.sent()).hasSize(1);
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
        anna.send("{\"chatId\":\"" + BOB + "\",\"message\":\" \",\"archiveChat\":false,\"typePreview\":\"large\","
                + "\"customPreview\":{\"title\":\"t\",\"link\":\"l\"}}");
    }

    /** Clients quote us by whichever name they know us by. */
    @Test
    void whoAnswersUsIsToldToAnswerOurNumber() {
        String id = anna.send("{\"chatId\":\"" + BOB + "\",\"message\":\"Coming?\"}");
        await().until(() -> anna.sent().size() == 1);
        anna.next();
        anna.next();
        anna.comes(
                "F7AEC1B7086ECDC7E6E45923F5EDC012",
                BOBS,
                Optional.of(Message.newBuilder()
                        .setExtendedTextMessage(ExtendedTextMessage.newBuilder()
                                .setText("Yes")
                                .setContextInfo(ContextInfo.newBuilder()
                                        .setStanzaId(id)
                                        .setParticipant("900000000000001@lid")
                                        .setQuotedMessage(Message.newBuilder().setConversation("Coming?"))))
                        .build()));
        assertThat(anna.next()).contains("\"participant\":\"15550001001@c.us\"");
    }

    @Test
    void aReplyQuotesWhatIsKnown() {
        anna.comes(
                "3A00000000000000AAAA",
                BOBS,
                Optional.of(Message.newBuilder().setConversation("How are you?").build()));
        String reply = anna.send(
                "{\"chatId\":\"" + BOB + "\",\"message\":\"Fine\",\"quotedMessageId\":\"3A00000000000000AAAA\"}");
        anna.send("{\"chatId\":\"" + BOB + "\",\"message\":\"What?\",\"quotedMessageId\":\"3A0000000000000UNKNOWN\"}");
        await().until(() -> anna.sent().size() == 2);
        ContextInfo context =
                anna.sent().get(0).content().getExtendedTextMessage().getContextInfo();
        assertThat(context.getStanzaId()).isEqualTo("3A00000000000000AAAA");
        assertThat(context.getParticipant()).isEqualTo("15550001002@s.whatsapp.net");
        assertThat(context.getQuotedMessage().getConversation()).isEqualTo("How are you?");
        assertThat(anna.sent().get(1).content().getConversation()).isEqualTo("What?");
        assertThat(anna.next()).contains("incomingMessageReceived");
        assertThat(anna.next()).contains("\"status\":\"sent\"", reply);
        assertThat(anna.next())
                .endsWith("\"messageData\":{\"typeMessage\":\"quotedMessage\",\"extendedTextMessageData\":"
                        + "{\"text\":\"Fine\",\"stanzaId\":\"3A00000000000000AAAA\",\"participant\":\"" + BOB
                        + "\"},\"quotedMessage\":{\"stanzaId\":\"3A00000000000000AAAA\",\"participant\":\"" + BOB
                        + "\",\"typeMessage\":\"textMessage\",\"textMessage\":\"How are you?\"}}}");
    }

    private void wrong(String body, String detail) {
        assertThat(JSON.readTree(anna.post("sendMessage", body)).path("message").stringValue())
                .isEqualTo("Validation failed. Details: " + detail);
    }
}
