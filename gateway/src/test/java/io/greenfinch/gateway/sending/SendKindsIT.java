package io.greenfinch.gateway.sending;

import static io.greenfinch.gateway.sending.Conversation.BOB;
import static io.greenfinch.gateway.sending.Conversation.BOBS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.greenfinch.protocol.proto.Message;
import io.greenfinch.protocol.proto.ProtocolMessage;
import io.greenfinch.protocol.proto.ProtocolMessageType;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What callers send that is no text: what WhatsApp gets, what is told of it, what is refused (green-api.md §5, §11). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(90)
class SendKindsIT {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String TO_BOB = "{\"chatId\":\"" + BOB + "\",";

    private Conversation anna;

    @BeforeAll
    void start(@TempDir Path data) {
        anna = new Conversation(data).tellingChanges();
    }

    @AfterAll
    void stop() {
        anna.close();
    }

    /** What WhatsApp got under the id that was answered, when its two notifications have come. */
    private Message sent(String answer) {
        String id = JSON.readTree(answer).path("idMessage").asString("");
        assertThat(id).as(answer).matches("3EB0[0-9A-F]{18}");
        assertThat(anna.next()).contains("\"idMessage\":\"" + id + "\",\"status\":\"sent\"");
        return anna.sent().stream()
                .filter(message -> message.id().equals(id))
                .findFirst()
                .orElseThrow()
                .content();
    }

    @Test
    void aPlaceIsSent() {
        Message message = sent(anna.post(
                "sendLocation",
                TO_BOB + "\"latitude\":51.4779,\"longitude\":-1,\"nameLocation\":\"Observatory\",\"address\":\"\"}"));

        assertThat(message.getLocationMessage().getDegreesLatitude()).isEqualTo(51.4779);
        assertThat(message.getLocationMessage().getDegreesLongitude()).isEqualTo(-1);
        assertThat(anna.told().path("locationMessageData").path("nameLocation").stringValue())
                .isEqualTo("Observatory");
    }

    @Test
    void aCardIsSentAsWhatsAppReadsIt() {
        Message message = sent(
                anna.post(
                        "sendContact",
                        TO_BOB
                                + "\"contact\":{\"phoneContact\":10000000003,\"firstName\":\"Ann; X\",\"lastName\":\"O,Neil\"}}"));

        assertThat(message.getContactMessage().getDisplayName()).isEqualTo("Ann; X O,Neil");
        assertThat(message.getContactMessage().getVcard())
                .isEqualTo("BEGIN:VCARD\nVERSION:3.0\nN:O\\,Neil;Ann\\; X;;;\nFN:Ann\\; X O\\,Neil\n"
                        + "TEL;type=CELL;type=VOICE;waid=10000000003:+10000000003\nEND:VCARD");
        assertThat(anna.told().path("typeMessage").stringValue()).isEqualTo("contactMessage");
    }

    @Test
    void aPollIsSentWithASecretForItsVotes() {
        Message one = sent(anna.post(
                "sendPoll",
                TO_BOB + "\"message\":\"Colour?\",\"options\":[{\"optionName\":\"green\"},{\"optionName\":\"red\"}]}"));
        assertThat(one.getPollCreationMessageV3().getSelectableOptionsCount()).isOne();
        assertThat(one.getMessageContextInfo().getMessageSecret().size()).isEqualTo(32);
        assertThat(anna.told().path("pollMessageData").path("multipleAnswers").booleanValue())
                .isFalse();

        Message several = sent(anna.post(
                "sendPoll",
                TO_BOB + "\"message\":\"Colour?\",\"options\":[{\"optionName\":\"green\"},{\"optionName\":\"red\"}],"
                        + "\"multipleAnswers\":true}"));
        assertThat(several.getPollCreationMessage().getOptionsCount()).isEqualTo(2);
        anna.told();
    }

    @Test
    void buttonsAreSentAndTold() {
        Message message = sent(
                anna.post(
                        "sendInteractiveButtons",
                        TO_BOB
                                + "\"header\":\"Your order\",\"body\":\"It is on its way\",\"footer\":\"Thanks\",\"buttons\":["
                                + "{\"type\":\"copy\",\"buttonId\":\"1\",\"buttonText\":\"Copy\",\"copyCode\":\"3333\"},"
                                + "{\"type\":\"call\",\"buttonId\":\"2\",\"buttonText\":\"Call\",\"phoneNumber\":\"10000000003\"},"
                                + "{\"type\":\"url\",\"buttonId\":\"3\",\"buttonText\":\"Open\",\"url\":\"https://example.com\"}]}"));
        assertThat(message.getInteractiveMessage()
                        .getNativeFlowMessage()
                        .getButtons(0)
                        .getName())
                .isEqualTo("cta_copy");
        JsonNode told = anna.told();
        assertThat(told.path("typeMessage").stringValue()).isEqualTo("interactiveButtons");
        assertThat(told.at("/interactiveButtons/titleText").stringValue()).isEqualTo("Your order");
        assertThat(told.at("/interactiveButtons/buttons/0/copyCode").stringValue())
                .isEqualTo("3333");
        assertThat(told.at("/interactiveButtons/buttons/2/url").stringValue()).isEqualTo("https://example.com");

        sent(anna.post(
                "sendInteractiveButtonsReply",
                TO_BOB + "\"body\":\"All right?\",\"buttons\":[{\"buttonId\":\"y\",\"buttonText\":\"Yes\"}]}"));
        JsonNode replies = anna.told();
        assertThat(replies.path("typeMessage").stringValue()).isEqualTo("interactiveButtonsReply");
        assertThat(replies.at("/interactiveButtonsReply/buttons/0/buttonId").stringValue())
                .isEqualTo("y");
    }

    @Test
    void messagesArePassedOnAndMarked() {
        Message message = Message.newBuilder().setConversation("Pass it on").build();
        anna.comes("F7AEC1B7086ECDC7E6E45923F5EDC001", BOBS, Optional.of(message));
        anna.next();
        String answer = anna.post(
                "forwardMessages",
                TO_BOB + "\"chatIdFrom\":\"" + BOB + "\",\"messages\":[\"F7AEC1B7086ECDC7E6E45923F5EDC001\"]}");
        String id = JSON.readTree(answer).path("messages").path(0).asString("");

        Message passed = sent("{\"idMessage\":\"" + id + "\"}");
        assertThat(passed.getExtendedTextMessage().getText()).isEqualTo("Pass it on");
        assertThat(passed.getExtendedTextMessage().getContextInfo().getIsForwarded())
                .isTrue();
        assertThat(anna.told().toString()).contains("\"isForwarded\":true");
        assertThat(anna.post(
                        "forwardMessages",
                        TO_BOB + "\"chatIdFrom\":\"" + BOB + "\",\"messages\":[\"F7AEC1B7086ECDC7E6E45923F5EDC001\","
                                + "\"F7AEC1B7086ECDC7E6E45923F5EDC002\"]}"))
                .contains("Message not found by id F7AEC1B7086ECDC7E6E45923F5EDC002");
        assertThat(anna.get("getMessagesCount")).as("all or none").isEqualTo("{\"count\":0}");
    }

    @Test
    void aTextIsEditedAndTakenBack() {
        String id = anna.send(TO_BOB + "\"message\":\"Helo\"}");
        sent("{\"idMessage\":\"" + id + "\"}");
        anna.told();
        String about = TO_BOB + "\"idMessage\":\"" + id + "\"";
        String answer = anna.post("editMessage", about + ",\"message\":\"Hello\"}");
        ProtocolMessage edit = sent(answer).getEditedMessage().getMessage().getProtocolMessage();
        assertThat(edit.getKey().getId()).isEqualTo(id);
        assertThat(edit.getKey().getFromMe()).isTrue();
        assertThat(edit.getEditedMessage().getConversation()).isEqualTo("Hello");
        assertThat(anna.told().path("editedMessageData").path("stanzaId").stringValue())
                .isEqualTo(id);
        assertThat(anna.kept(id).path("textMessage").stringValue()).isEqualTo("Hello");
        assertThat(anna.kept(id).path("isEdited").booleanValue()).isTrue();

        assertThat(anna.post("deleteMessage", about + "}")).isEmpty();
        await().until(() -> anna.kept(id).path("isDeleted").asBoolean(false));
        assertThat(anna.next()).contains("\"status\":\"sent\"");
        assertThat(anna.told().path("deletedMessageData").path("stanzaId").stringValue())
                .isEqualTo(id);
        ProtocolMessage deletion = anna.sent().getLast().content().getProtocolMessage();
        assertThat(deletion.getType()).isEqualTo(ProtocolMessageType.REVOKE);
        assertThat(deletion.getKey().getId()).isEqualTo(id);
        assertThat(anna.post("deleteMessage", about + ",\"onlySenderDelete\":true}"))
                .as("what WhatsApp did not take is not said to be done")
                .contains("\"statusCode\":502");
    }

    /** Each answers the one before with a place: nothing grows, and nothing stops the queue. */
    @Test
    void aLongChainOfAnswersGoesOn() {
        String quoted = "";
        for (int i = 0; i < 40; i++) {
            String answer = anna.post(
                    "sendLocation", TO_BOB + "\"latitude\":1,\"longitude\":1,\"quotedMessageId\":\"" + quoted + "\"}");
            quoted = JSON.readTree(answer).path("idMessage").stringValue();
            Message sent = sent(answer);
            anna.told();
            assertThat(sent.getLocationMessage()
                            .getContextInfo()
                            .getQuotedMessage()
                            .getLocationMessage()
                            .getContextInfo()
                            .hasQuotedMessage())
                    .isFalse();
            assertThat(sent.getLocationMessage().getContextInfo().hasStanzaId()).isEqualTo(i > 0);
        }
    }

    @Test
    void whatCouldNotBeReadIsNotPassedOn() {
        anna.comes("F7AEC1B7086ECDC7E6E45923F5EDC010", BOBS, Optional.empty());
        anna.next();

        assertThat(anna.post(
                        "forwardMessages",
                        TO_BOB + "\"chatIdFrom\":\"" + BOB + "\",\"messages\":[\"F7AEC1B7086ECDC7E6E45923F5EDC010\"]}"))
                .contains("Message not found by id");
    }

    @Test
    void whatBobHasWrittenIsNotOursToChange() {
        anna.comes(
                "F7AEC1B7086ECDC7E6E45923F5EDC009",
                BOBS,
                Optional.of(Message.newBuilder().setConversation("Bob's").build()));
        anna.next();
        String about = TO_BOB + "\"idMessage\":\"F7AEC1B7086ECDC7E6E45923F5EDC009\"";

        assertThat(anna.post("editMessage", about + ",\"message\":\"Mine\"}")).contains("Message not found by id");
        assertThat(anna.post("deleteMessage", about + "}")).contains("Message not found by id");
    }

    /** Each row: a method, what goes with the chat, what the answer complains of. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "sendLocation | \"longitude\":1 | 'latitude' is required",
                "sendLocation | \"latitude\":\"1\",\"longitude\":1 | 'latitude' must be a number",
                "sendLocation | \"latitude\":91,\"longitude\":1 | 'latitude' must be less than or equal to 90",
                "sendLocation | \"latitude\":1,\"longitude\":-181 | 'longitude' must be greater than or equal to -180",
                "sendLocation | \"latitude\":1,\"longitude\":1,\"x\":1 | 'x' is not allowed",
                "sendFileByUrl | \"fileName\":\"a.jpg\" | 'urlFile' is required",
                "sendFileByUrl | \"urlFile\":\"http://localhost/a.jpg\" | 'fileName' is required",
                "sendFileByUrl | \"urlFile\":\"\",\"fileName\":\"a.jpg\" | 'urlFile' is not allowed to be empty",
                "sendFileByUrl | \"urlFile\":1,\"fileName\":\"a.jpg\" | 'urlFile' must be a string",
                "sendFileByUrl | \"urlFile\":\"http://localhost/a\",\"fileName\":\"a\",\"typingType\":\"x\" | 'typingType' must be one of",
                "sendFileByUrl | \"urlFile\":\"http://localhost/a\",\"fileName\":\"a\",\"typingTime\":1 | 'typingTime' must be greater",
                "sendInteractiveButtons | \"body\":\"a\" | 'buttons' is required",
                "sendInteractiveButtons | \"buttons\":[] | 'body' is required",
                "sendInteractiveButtons | \"body\":\"a\",\"buttons\":[] | 'buttons' must contain at least 1 items",
                "sendInteractiveButtons | \"body\":\"a\",\"buttons\":[1] | 'buttons[0]' must be of type object",
                "sendInteractiveButtons | \"body\":\"a\",\"buttons\":[{\"type\":\"x\"}] | 'buttons[0].type' must be one of",
                "sendInteractiveButtons | \"body\":\"a\",\"buttons\":[{\"type\":\"url\",\"buttonId\":\"1\",\"buttonText\":\"a\"}] | 'buttons[0].url' is required",
                "sendInteractiveButtons | \"body\":\"a\",\"buttons\":[{\"type\":\"reply\",\"buttonId\":\"1\",\"buttonText\":\"a\",\"url\":\"b\"}] | 'buttons[0].url' is not allowed",
                "sendInteractiveButtonsReply | \"body\":\"a\",\"buttons\":[{\"buttonId\":\"1\",\"buttonText\":\"12345678901234567890123456\"}] | 'buttons[0].buttonText' length",
                "sendInteractiveButtonsReply | \"body\":\"a\",\"buttons\":[{\"type\":\"copy\",\"buttonId\":\"1\",\"buttonText\":\"a\"}] | 'buttons[0].type' is not allowed",
                "sendContact | \"contact\":1 | 'contact' must be of type object",
                "sendContact | \"contact\":{} | 'contact.phoneContact' is required",
                "sendContact | \"contact\":{\"phoneContact\":\"1\"} | 'contact.phoneContact' must be a number",
                "sendContact | \"contact\":{\"phoneContact\":10000000003} | 'contact' must have one of",
                "sendContact | \"contact\":{\"phoneContact\":10000000003,\"nick\":\"a\"} | 'contact.nick' is not allowed",
                "sendPoll | \"options\":[] | 'message' is required",
                "sendPoll | \"message\":\"a\",\"options\":[{\"optionName\":\"a\"}] | 'options' must contain at least 2 items",
                "sendPoll | \"message\":\"a\",\"options\":[{\"optionName\":\"a\"},{\"optionName\":\"a\"}] | 'options[1]' contains a duplicate value",
                "sendPoll | \"message\":\"a\",\"options\":[{\"optionName\":\"a\"},{}] | 'options[1].optionName' is required",
                "sendPoll | \"message\":\"a\",\"options\":[{\"optionName\":\"a\"},\"b\"] | 'options[1]' must be of type object",
                "forwardMessages | \"messages\":[\"a\"] | 'chatIdFrom' is required",
                "editMessage | \"idMessage\":\"3EB0C767D097B7C7C0301A\",\"message\":\"\" | 'message' is not allowed to be empty",
                "deleteMessage | \"onlySenderDelete\":true | 'idMessage' is required",
            })
    void whatIsWrongIsRefused(String method, String fields, String complaint) {
        assertThat(anna.post(method, TO_BOB + fields + "}")).contains("Validation failed. Details: " + complaint);
    }
}
