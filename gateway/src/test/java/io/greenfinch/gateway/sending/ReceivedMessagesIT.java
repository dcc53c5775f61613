package io.greenfinch.gateway.sending;

import static io.greenfinch.gateway.sending.Conversation.ANNA;
import static io.greenfinch.gateway.sending.Conversation.BOB;
import static io.greenfinch.gateway.sending.Conversation.BOBS;
import static io.greenfinch.gateway.sending.Conversation.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.client.SessionEvent;
import io.greenfinch.client.group.Person;
import io.greenfinch.client.message.ChatMessage;
import io.greenfinch.client.message.ReceiptKind;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.message.MessageEnvelope;
import io.greenfinch.protocol.proto.ContextInfo;
import io.greenfinch.protocol.proto.EventMessage;
import io.greenfinch.protocol.proto.ExtendedTextMessage;
import io.greenfinch.protocol.proto.Message;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Messages that come in or are sent from the phone, in journals and notifications (green-api.md §6.5, §7). */
@Timeout(90)
class ReceivedMessagesIT {

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
    void whatComesInIsToldOnceAndKept() {
        Optional<Message> hello =
                Optional.of(Message.newBuilder().setConversation("Hello").build());
        anna.comes("F7AEC1B7086ECDC7E6E45923F5EDB825", BOBS, hello);
        anna.comes("F7AEC1B7086ECDC7E6E45923F5EDB825", BOBS, hello);
        anna.comes("F7AEC1B7086ECDC7E6E45923F5EDB826", BOBS, Optional.empty());
        anna.comes("F7AEC1B7086ECDC7E6E45923F5EDB827", Jid.group("120363000000000001"), Optional.of(reply()));
        assertThat(anna.next())
                .isEqualTo("{\"typeWebhook\":\"incomingMessageReceived\",\"instanceData\":" + anna.data()
                        + ",\"timestamp\":" + NOW.getEpochSecond()
                        + ",\"idMessage\":\"F7AEC1B7086ECDC7E6E45923F5EDB825\",\"senderData\":{\"chatId\":\"" + BOB
                        + "\",\"chatName\":\"Bob\",\"sender\":\"" + BOB
                        + "\",\"senderName\":\"Bob\",\"senderContactName\":\"\"},\"messageData\":"
                        + "{\"typeMessage\":\"textMessage\",\"textMessageData\":{\"textMessage\":\"Hello\"}}}");
        assertThat(anna.next()).contains("{{SWE003}}");
        assertThat(anna.next()).contains("\"chatId\":\"120363000000000001@g.us\"", "\"typeMessage\":\"quotedMessage\"");
        assertThat(anna.get("getWebhooksCount")).isEqualTo("{\"count\":0}");
        JsonNode history = JSON.readTree(anna.post("getChatHistory", "{\"chatId\":\"" + BOB + "\",\"count\":5}"));
        assertThat(history.valueStream())
                .extracting(item -> item.path("textMessage").stringValue())
                .containsExactly("{{SWE003}}", "Hello");
        assertThat(history.get(1).toString())
                .isEqualTo("{\"type\":\"incoming\",\"idMessage\":\"F7AEC1B7086ECDC7E6E45923F5EDB825\",\"timestamp\":"
                        + NOW.getEpochSecond() + ",\"typeMessage\":\"textMessage\",\"chatId\":\"" + BOB
                        + "\",\"senderId\":\"" + BOB
                        + "\",\"senderName\":\"Bob\",\"senderContactName\":\"\",\"isForwarded\":false,"
                        + "\"forwardingScore\":0,\"textMessage\":\"Hello\"}");
        assertThat(anna.post("getChatHistory", "{\"chatId\":\"15550009999@c.us\"}"))
                .isEqualTo("[]");
        assertThat(anna.post("getChatHistory", "{}")).isEqualTo("[]");
        assertThat(anna.post("getChatHistory", "{\"chatId\":\"" + BOB + "\",\"count\":-1}"))
                .contains("must be greater than or equal to 1");
        assertThat(anna.post("getMessage", "{\"chatId\":\"" + BOB + "\",\"idMessage\":\"BAE5000000000000\"}"))
                .contains("\"message\":\"Message not found by id BAE5000000000000\"");
    }

    /** Its sender may have been away for longer than we wait. */
    @Test
    void whatCanBeReadAfterAllIsToldAsWhatItIs() {
        Optional<Message> hello =
                Optional.of(Message.newBuilder().setConversation("Hello").build());
        String id = "F7AEC1B7086ECDC7E6E45923F5EDB832";
        anna.comes(id, BOBS, Optional.empty());
        assertThat(anna.next()).contains("{{SWE003}}");
        anna.comes(id, BOBS, hello);
        assertThat(anna.next()).contains(id, "Hello");
        anna.comes(id, BOBS, hello);
        anna.comes(id, BOBS, Optional.empty());

        assertThat(anna.get("getWebhooksCount")).isEqualTo("{\"count\":0}");
        assertThat(anna.post("getChatHistory", "{\"chatId\":\"" + BOB + "\"}"))
                .contains("Hello")
                .doesNotContain("SWE003");
    }

    /** Nothing that somebody sends is dropped. */
    @Test
    void whatGreenApiHasNoNameForIsToldByItsName() {
        Message event = Message.newBuilder()
                .setEventMessage(EventMessage.newBuilder().setName("Party"))
                .build();
        anna.comes("F7AEC1B7086ECDC7E6E45923F5EDB831", BOBS, Optional.of(event));

        assertThat(anna.next())
                .contains("{\"typeMessage\":\"textMessage\",\"textMessageData\":{\"textMessage\":\"[eventMessage]\"}}");
        assertThat(anna.post("getChatHistory", "{\"chatId\":\"" + BOB + "\"}")).contains("[eventMessage]");
    }

    @Test
    void whatTheAccountWritesOnItsPhoneIsTold() {
        ChatMessage message = new ChatMessage(
                "3A00000000000000BBBB",
                BOBS,
                Optional.empty(),
                new Person(Optional.of(ANNA.pn().account()), Optional.empty()),
                true,
                false,
                NOW,
                Optional.empty(),
                false,
                MessageEnvelope.ofPlain(Message.newBuilder()
                        .setConversation("From my phone")
                        .build()
                        .toByteArray()));
        anna.happens(new SessionEvent.MessageReceived(NOW, message));
        assertThat(anna.next()).contains("outgoingMessageReceived", "\"sender\":\"15550001001@c.us\"", "From my phone");
        anna.receipt(ReceiptKind.READ, "3A00000000000000BBBB");
        assertThat(anna.next()).contains("\"status\":\"read\",\"sendByApi\":false}");
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
}
