package io.greenfinch.gateway.sending;

import static io.greenfinch.gateway.sending.Conversation.BOBS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.google.protobuf.ByteString;
import io.greenfinch.protocol.proto.AudioMessage;
import io.greenfinch.protocol.proto.ButtonText;
import io.greenfinch.protocol.proto.ButtonsMessage;
import io.greenfinch.protocol.proto.ButtonsMessageButton;
import io.greenfinch.protocol.proto.ButtonsResponseMessage;
import io.greenfinch.protocol.proto.ContactMessage;
import io.greenfinch.protocol.proto.ContactsArrayMessage;
import io.greenfinch.protocol.proto.ContextInfo;
import io.greenfinch.protocol.proto.DocumentMessage;
import io.greenfinch.protocol.proto.ExtendedTextMessage;
import io.greenfinch.protocol.proto.ExternalAdReply;
import io.greenfinch.protocol.proto.FutureProofMessage;
import io.greenfinch.protocol.proto.GroupInviteMessage;
import io.greenfinch.protocol.proto.HydratedFourRowTemplate;
import io.greenfinch.protocol.proto.HydratedTemplateButton;
import io.greenfinch.protocol.proto.HydratedUrlButton;
import io.greenfinch.protocol.proto.ImageMessage;
import io.greenfinch.protocol.proto.InteractiveMessage;
import io.greenfinch.protocol.proto.InteractiveText;
import io.greenfinch.protocol.proto.ListMessage;
import io.greenfinch.protocol.proto.ListResponseMessage;
import io.greenfinch.protocol.proto.ListRow;
import io.greenfinch.protocol.proto.ListSection;
import io.greenfinch.protocol.proto.LocationMessage;
import io.greenfinch.protocol.proto.Message;
import io.greenfinch.protocol.proto.MessageKey;
import io.greenfinch.protocol.proto.NativeFlowButton;
import io.greenfinch.protocol.proto.NativeFlowMessage;
import io.greenfinch.protocol.proto.ReactionMessage;
import io.greenfinch.protocol.proto.SingleSelectReply;
import io.greenfinch.protocol.proto.StickerMessage;
import io.greenfinch.protocol.proto.TemplateButtonReplyMessage;
import io.greenfinch.protocol.proto.TemplateMessage;
import io.greenfinch.protocol.proto.VideoMessage;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Every kind of message that comes in is told with its documented fields, and kept (green-api.md §6.7, §7.1). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(90)
class ReceivedKindsIT {

    private static final ContextInfo FORWARDED =
            ContextInfo.newBuilder().setForwardingScore(2).setIsForwarded(true).build();
    private static final String PASSED_ON = "\"forwardingScore\":2,\"isForwarded\":true}";
    private static final String FRESH = "\"forwardingScore\":0,\"isForwarded\":false}";

    private Conversation anna;
    private int number;

    @BeforeAll
    void start(@TempDir Path data) {
        anna = new Conversation(data).tellingChanges();
    }

    @AfterAll
    void stop() {
        anna.close();
    }

    private String id() {
        return "F7AEC1B7086ECDC7E6E45923%08X".formatted(++number);
    }

    private String comes(Message message) {
        String id = id();
        anna.comes(id, BOBS, Optional.of(message));
        return id;
    }

    private static Message.Builder message() {
        return Message.newBuilder();
    }

    private static ByteString bytes(String text) {
        return ByteString.copyFromUtf8(text);
    }

    private static ContextInfo answering() {
        return ContextInfo.newBuilder().setStanzaId("3EB0CCCC").build();
    }

    /** A message, what a notification says of it, and a piece of what the journal says. */
    private static Stream<Arguments> kinds() {
        ContactMessage ann = ContactMessage.newBuilder()
                .setDisplayName("Ann")
                .setVcard("BEGIN:VCARD")
                .build();
        return Stream.of(
                arguments(
                        message()
                                .setLocationMessage(LocationMessage.newBuilder()
                                        .setName("Office")
                                        .setAddress("Main St 1")
                                        .setDegreesLatitude(51.5)
                                        .setDegreesLongitude(-0.25)
                                        .setContextInfo(FORWARDED))
                                .build(),
                        "{\"typeMessage\":\"locationMessage\",\"locationMessageData\":{\"nameLocation\":\"Office\","
                                + "\"address\":\"Main St 1\",\"latitude\":51.5,\"longitude\":-0.25,\"jpegThumbnail\":\"\","
                                + PASSED_ON + "}",
                        "\"forwardingScore\":2,\"location\":{\"nameLocation\":\"Office\""),
                arguments(
                        message()
                                .setLocationMessage(LocationMessage.newBuilder().setDegreesLatitude(Double.NaN))
                                .build(),
                        "{\"typeMessage\":\"locationMessage\",\"locationMessageData\":{\"nameLocation\":\"\","
                                + "\"address\":\"\",\"latitude\":0.0,\"longitude\":0.0,\"jpegThumbnail\":\"\"," + FRESH
                                + "}",
                        "\"location\":{\"nameLocation\":\"\""),
                arguments(
                        message().setContactMessage(ann).build(),
                        "{\"typeMessage\":\"contactMessage\",\"contactMessageData\":{\"displayName\":\"Ann\","
                                + "\"vcard\":\"BEGIN:VCARD\"," + FRESH + "}",
                        "\"contact\":{\"displayName\":\"Ann\",\"vcard\":\"BEGIN:VCARD\"}"),
                arguments(
                        message()
                                .setContactsArrayMessage(
                                        ContactsArrayMessage.newBuilder().addContacts(ann))
                                .build(),
                        "{\"typeMessage\":\"contactsArrayMessage\",\"messageData\":{\"contacts\":[{\"displayName\":"
                                + "\"Ann\",\"vcard\":\"BEGIN:VCARD\"}]," + FRESH + "}",
                        "\"contacts\":[{\"displayName\":\"Ann\""),
                arguments(
                        message()
                                .setExtendedTextMessage(ExtendedTextMessage.newBuilder()
                                        .setText("How much?")
                                        .setContextInfo(ContextInfo.newBuilder()
                                                .setExternalAdReply(ExternalAdReply.newBuilder()
                                                        .setMediaType(1)
                                                        .setSourceType("ad")
                                                        .setSourceId("123")
                                                        .setSourceUrl("https://fb.me/x")
                                                        .setShowAdAttribution(true))))
                                .build(),
                        "{\"typeMessage\":\"extendedTextMessage\",\"extendedTextMessageData\":{\"text\":\"How much?\","
                                + "\"description\":\"\",\"title\":\"\",\"previewType\":\"None\",\"jpegThumbnail\":\"\","
                                + "\"forwardingScore\":0,\"isForwarded\":false,\"containsAutoReply\":false,"
                                + "\"mediaType\":\"IMAGE\",\"showAdAttribution\":true,\"sourceId\":\"123\","
                                + "\"sourceType\":\"ad\",\"sourceUrl\":\"https://fb.me/x\",\"thumbnailUrl\":\"\"}}",
                        "\"sourceId\":\"123\""),
                arguments(
                        message()
                                .setImageMessage(ImageMessage.newBuilder()
                                        .setCaption("Look")
                                        .setMimetype("image/jpeg")
                                        .setJpegThumbnail(bytes("abc")))
                                .build(),
                        "{\"typeMessage\":\"imageMessage\",\"fileMessageData\":{\"downloadUrl\":\"\",\"caption\":\"Look\","
                                + "\"fileName\":\"\",\"jpegThumbnail\":\"YWJj\",\"mimeType\":\"image/jpeg\"," + FRESH
                                + "}",
                        "\"caption\":\"Look\""),
                arguments(
                        message()
                                .setVideoMessage(VideoMessage.newBuilder().setMimetype("video/mp4"))
                                .build(),
                        "{\"typeMessage\":\"videoMessage\",\"fileMessageData\":{\"downloadUrl\":\"\",\"caption\":\"\","
                                + "\"fileName\":\"\",\"jpegThumbnail\":\"\",\"mimeType\":\"video/mp4\"," + FRESH + "}",
                        "\"mimeType\":\"video/mp4\""),
                arguments(
                        message()
                                .setAudioMessage(AudioMessage.newBuilder().setMimetype("audio/ogg"))
                                .build(),
                        "{\"typeMessage\":\"audioMessage\",\"fileMessageData\":{\"downloadUrl\":\"\",\"caption\":\"\","
                                + "\"fileName\":\"\",\"jpegThumbnail\":\"\",\"mimeType\":\"audio/ogg\"," + FRESH + "}",
                        "\"mimeType\":\"audio/ogg\""),
                arguments(
                        message()
                                .setDocumentWithCaptionMessage(FutureProofMessage.newBuilder()
                                        .setMessage(message()
                                                .setDocumentMessage(DocumentMessage.newBuilder()
                                                        .setFileName("a.cdr")
                                                        .setCaption("Plan")
                                                        .setMimetype("application/x-coreldraw"))))
                                .build(),
                        "{\"typeMessage\":\"documentMessage\",\"fileMessageData\":{\"downloadUrl\":\"\",\"caption\":"
                                + "\"Plan\",\"fileName\":\"a.cdr\",\"jpegThumbnail\":\"\",\"mimeType\":"
                                + "\"application/x-coreldraw\"," + FRESH + "}",
                        "\"fileName\":\"a.cdr\""),
                arguments(
                        message()
                                .setStickerMessage(StickerMessage.newBuilder()
                                        .setMimetype("image/webp")
                                        .setIsAnimated(true))
                                .build(),
                        "{\"typeMessage\":\"stickerMessage\",\"fileMessageData\":{\"downloadUrl\":\"\",\"caption\":\"\","
                                + "\"fileName\":\"\",\"jpegThumbnail\":\"\",\"mimeType\":\"image/webp\",\"isAnimated\":true,"
                                + FRESH + "}",
                        "\"isAnimated\":true"),
                arguments(
                        message()
                                .setReactionMessage(ReactionMessage.newBuilder()
                                        .setText("👍")
                                        .setKey(MessageKey.newBuilder()
                                                .setId("3EB0AAAA")
                                                .setRemoteJid("15550001002@s.whatsapp.net")))
                                .build(),
                        "{\"typeMessage\":\"reactionMessage\",\"extendedTextMessageData\":{\"text\":\"👍\"},"
                                + "\"quotedMessage\":{\"stanzaId\":\"3EB0AAAA\",\"participant\":\"15550001002@c.us\"}}",
                        "\"extendedTextMessageData\":{\"text\":\"👍\"}"),
                arguments(
                        message()
                                .setGroupInviteMessage(GroupInviteMessage.newBuilder()
                                        .setGroupJid("120363000000000001@g.us")
                                        .setInviteCode("code")
                                        .setInviteExpiration(1_800_000_000)
                                        .setGroupName("Team")
                                        .setCaption("Come"))
                                .build(),
                        "{\"typeMessage\":\"groupInviteMessage\",\"groupInviteMessageData\":{\"groupJid\":"
                                + "\"120363000000000001@g.us\",\"inviteCode\":\"code\",\"inviteExpiration\":\"1800000000\","
                                + "\"groupName\":\"Team\",\"caption\":\"Come\",\"name\":\"Team\",\"jpegThumbnail\":\"\"}}",
                        "\"groupInviteMessageData\":{\"groupJid\""),
                arguments(
                        message()
                                .setButtonsMessage(ButtonsMessage.newBuilder()
                                        .setContentText("Sure?")
                                        .setFooterText("f")
                                        .addButtons(ButtonsMessageButton.newBuilder()
                                                .setButtonId("1")
                                                .setButtonText(
                                                        ButtonText.newBuilder().setDisplayText("Yes"))))
                                .build(),
                        "{\"typeMessage\":\"buttonsMessage\",\"buttonsMessage\":{\"contentText\":\"Sure?\",\"footer\":\"f\","
                                + "\"buttons\":[{\"buttonId\":\"1\",\"buttonText\":\"Yes\"}]," + FRESH + "}",
                        "\"buttonsMessage\":{\"contentText\":\"Sure?\""),
                arguments(
                        message()
                                .setButtonsResponseMessage(ButtonsResponseMessage.newBuilder()
                                        .setSelectedButtonId("1")
                                        .setSelectedDisplayText("Yes")
                                        .setContextInfo(answering()))
                                .build(),
                        "{\"typeMessage\":\"buttonsResponseMessage\",\"buttonsResponseMessage\":{\"stanzaId\":\"3EB0CCCC\","
                                + "\"selectedButtonId\":\"1\",\"selectedButtonText\":\"Yes\"}}",
                        "\"selectedButtonId\":\"1\""),
                arguments(
                        message()
                                .setListMessage(ListMessage.newBuilder()
                                        .setTitle("t")
                                        .setDescription("Choose")
                                        .setButtonText("Open")
                                        .addSections(ListSection.newBuilder()
                                                .setTitle("s")
                                                .addRows(ListRow.newBuilder()
                                                        .setRowId("r")
                                                        .setTitle("Row"))))
                                .build(),
                        "{\"typeMessage\":\"listMessage\",\"listMessage\":{\"contentText\":\"Choose\",\"title\":\"t\","
                                + "\"footer\":\"\",\"buttonText\":\"Open\",\"sections\":[{\"title\":\"s\",\"rows\":[{\"title\":"
                                + "\"Row\",\"rowId\":\"r\",\"description\":\"\"}]}]," + FRESH + "}",
                        "\"listMessage\":{"),
                arguments(
                        message()
                                .setListResponseMessage(ListResponseMessage.newBuilder()
                                        .setTitle("Row")
                                        .setListType(1)
                                        .setSingleSelectReply(
                                                SingleSelectReply.newBuilder().setSelectedRowId("r"))
                                        .setContextInfo(answering()))
                                .build(),
                        "{\"typeMessage\":\"listResponseMessage\",\"listResponseMessage\":{\"stanzaId\":\"3EB0CCCC\","
                                + "\"title\":\"Row\",\"listType\":1,\"singleSelectReply\":\"r\"}}",
                        "\"singleSelectReply\":\"r\""),
                arguments(
                        message()
                                .setTemplateMessage(TemplateMessage.newBuilder()
                                        .setHydratedTemplate(HydratedFourRowTemplate.newBuilder()
                                                .setHydratedContentText("News")
                                                .addHydratedButtons(HydratedTemplateButton.newBuilder()
                                                        .setIndex(1)
                                                        .setUrlButton(HydratedUrlButton.newBuilder()
                                                                .setDisplayText("Go")
                                                                .setUrl("https://example.com")))))
                                .build(),
                        "{\"typeMessage\":\"templateMessage\",\"templateMessage\":{\"contentText\":\"News\",\"footer\":\"\","
                                + "\"buttons\":[{\"index\":1,\"urlButton\":{\"displayText\":\"Go\",\"url\":"
                                + "\"https://example.com\"}}]," + FRESH + "}",
                        "\"templateMessage\":{\"contentText\":\"News\""),
                arguments(
                        message()
                                .setTemplateButtonReplyMessage(TemplateButtonReplyMessage.newBuilder()
                                        .setSelectedId("1")
                                        .setSelectedDisplayText("Go")
                                        .setSelectedIndex(1)
                                        .setContextInfo(answering()))
                                .build(),
                        "{\"typeMessage\":\"templateButtonsReplyMessage\",\"templateButtonReplyMessage\":{\"stanzaId\":"
                                + "\"3EB0CCCC\",\"selectedIndex\":1,\"selectedId\":\"1\",\"selectedDisplayText\":\"Go\"}}",
                        "\"templateButtonReplyMessage\":{"),
                arguments(
                        message()
                                .setInteractiveMessage(InteractiveMessage.newBuilder()
                                        .setBody(InteractiveText.newBuilder().setText("Pick"))
                                        .setNativeFlowMessage(NativeFlowMessage.newBuilder()
                                                .addButtons(
                                                        NativeFlowButton.newBuilder()
                                                                .setName("cta_url")
                                                                .setButtonParamsJson(
                                                                        "{\"id\":\"1\",\"display_text\":\"Go\",\"url\":\"https://e.com\"}"))
                                                .addButtons(NativeFlowButton.newBuilder()
                                                        .setName("quick_reply")
                                                        .setButtonParamsJson("{ no JSON"))))
                                .build(),
                        "{\"typeMessage\":\"interactiveButtons\",\"interactiveButtons\":{\"titleText\":\"\",\"contentText\":"
                                + "\"Pick\",\"footerText\":\"\",\"buttons\":[{\"type\":\"url\",\"buttonId\":\"1\","
                                + "\"buttonText\":\"Go\",\"url\":\"https://e.com\"},{\"type\":\"reply\",\"buttonId\":\"\","
                                + "\"buttonText\":\"\"}]}}",
                        "\"interactiveButtons\":{"));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void isToldWithItsFieldsAndKept(Message message, String data, String journal) {
        String id = comes(message);

        assertThat(anna.told().toString()).isEqualTo(data);
        assertThat(anna.kept(id).toString()).contains(journal);
    }

    @Test
    void anAnswerTellsWhatItAnswers() {
        Message quoted = message()
                .setExtendedTextMessage(ExtendedTextMessage.newBuilder()
                        .setText("Nice")
                        .setContextInfo(ContextInfo.newBuilder()
                                .setStanzaId("3EB0BBBB")
                                .setParticipant("15550001001@s.whatsapp.net")
                                .setQuotedMessage(message()
                                        .setLocationMessage(
                                                LocationMessage.newBuilder().setName("Office")))))
                .build();
        comes(quoted);

        assertThat(anna.told().toString())
                .contains("\"quotedMessage\":{\"stanzaId\":\"3EB0BBBB\",\"participant\":\"15550001001@c.us\","
                        + "\"typeMessage\":\"locationMessage\",\"location\":{\"nameLocation\":\"Office\"");
    }

    @Test
    void anAnswerToALinkTellsWhatWasShownOfIt() {
        comes(answer(
                "3EB0DDDD",
                message()
                        .setExtendedTextMessage(ExtendedTextMessage.newBuilder()
                                .setText("https://e.com")
                                .setTitle("Example"))));
        assertThat(anna.told().at("/quotedMessage").toString())
                .contains("\"typeMessage\":\"extendedTextMessage\",\"textMessage\":\"https://e.com\","
                        + "\"extendedTextMessage\":{\"description\":\"\",\"title\":\"Example\"");
    }

    /** It says whose it was by a name that the API may not have, and where its file is not at all. */
    @Test
    void anAnswerTellsWhatIsKnownOfWhatItAnswers() {
        Message.Builder picture = message()
                .setImageMessage(ImageMessage.newBuilder()
                        .setCaption("Look")
                        .setMimetype("image/jpeg")
                        .setDirectPath("/v/t62/1")
                        .setMediaKey(ByteString.copyFrom(new byte[32]))
                        .setFileSha256(ByteString.copyFrom(new byte[32]))
                        .setFileEncSha256(ByteString.copyFrom(new byte[32]))
                        .setFileLength(1000));
        String id = comes(picture.build());
        JsonNode file = anna.told().path("fileMessageData");
        assertThat(file.path("downloadUrl").stringValue()).startsWith("http");

        String answer = comes(answer(id, picture));
        JsonNode quoted = anna.told().path("quotedMessage");
        assertThat(quoted.path("participant").stringValue()).isEqualTo("15550001002@c.us");
        assertThat(quoted.path("caption").stringValue()).isEqualTo("Look");
        assertThat(quoted.path("downloadUrl")).isEqualTo(file.path("downloadUrl"));
        assertThat(quoted.path("fileName")).isEqualTo(file.path("fileName"));
        assertThat(anna.kept(answer).at("/quotedMessage/downloadUrl")).isEqualTo(file.path("downloadUrl"));
    }

    private static Message answer(String id, Message.Builder quoted) {
        return message()
                .setExtendedTextMessage(ExtendedTextMessage.newBuilder()
                        .setText("Nice")
                        .setContextInfo(ContextInfo.newBuilder()
                                .setStanzaId(id)
                                .setParticipant("900000000000002@lid")
                                .setQuotedMessage(quoted)))
                .build();
    }
}
