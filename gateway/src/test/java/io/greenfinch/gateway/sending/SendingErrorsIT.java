package io.greenfinch.gateway.sending;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.gateway.Gateway;
import io.greenfinch.gateway.TestForm;
import io.greenfinch.gateway.TestGateway;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Every documented refusal that a caller can cause and that only methods that send have. Each row names its section of green-api.md.
 * Those that all methods have are in EveryMethodRefusedIT.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class SendingErrorsIT {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String DETAILS = "Validation failed. Details: ";
    private static final String ID = "3EB0000000000000000000";

    /**
     * A method, with a call that is right.
     *
     * @param section what describes it
     */
    record Sender(String name, String section, ObjectNode right) {

        static Sender of(String section, String name, String right) {
            return new Sender(name, section, (ObjectNode) JSON.readTree(right));
        }

        String with(String member, String value) {
            ObjectNode changed = right.deepCopy();
            changed.set(member, JSON.readTree(value));
            return changed.toString();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static final String TO = "{\"chatId\":\"15550001002@c.us\",";

    private static final List<Sender> SENDERS = List.of(
            Sender.of("5.1", "sendMessage", TO + "\"message\":\"Hi\"}"),
            Sender.of(
                    "5.2",
                    "sendPoll",
                    TO + "\"message\":\"Tea?\",\"options\":[{\"optionName\":\"yes\"},{\"optionName\":\"no\"}]}"),
            Sender.of("5.4", "sendFileByUrl", TO + "\"urlFile\":\"http://127.0.0.1:1/a.pdf\",\"fileName\":\"a.pdf\"}"),
            Sender.of("5.6", "sendLocation", TO + "\"latitude\":1,\"longitude\":2}"),
            Sender.of("5.7", "sendContact", TO + "\"contact\":{\"phoneContact\":10000000003,\"firstName\":\"Ann\"}}"),
            Sender.of(
                    "5.8",
                    "forwardMessages",
                    TO + "\"chatIdFrom\":\"15550001003@c.us\",\"messages\":[\"" + ID + "\"]}"),
            Sender.of(
                    "5.9",
                    "sendInteractiveButtons",
                    TO + "\"body\":\"Hi\",\"buttons\":[{\"type\":\"copy\",\"buttonId\":\"1\",\"buttonText\":\"Copy\","
                            + "\"copyCode\":\"3\"}]}"),
            Sender.of(
                    "5.10",
                    "sendInteractiveButtonsReply",
                    TO + "\"body\":\"Hi\",\"buttons\":[{\"buttonId\":\"1\",\"buttonText\":\"Yes\"}]}"),
            Sender.of("11.6", "editMessage", TO + "\"idMessage\":\"" + ID + "\",\"message\":\"Hi\"}"),
            Sender.of("11.7", "deleteMessage", TO + "\"idMessage\":\"" + ID + "\"}"),
            Sender.of("5.11", "sendTyping", TO + "\"typingTime\":1000}"),
            Sender.of("13", "sendTextStatus", "{\"message\":\"Hi\"}"),
            Sender.of("13", "sendVoiceStatus", "{\"urlFile\":\"http://127.0.0.1:1/a.ogg\",\"fileName\":\"a.ogg\"}"),
            Sender.of("13", "sendMediaStatus", "{\"urlFile\":\"http://127.0.0.1:1/a.jpg\",\"fileName\":\"a.jpg\"}"),
            Sender.of("13", "deleteStatus", "{\"idMessage\":\"" + ID + "\"}"));

    /** What is sent, and what is answered. */
    record Row(String section, String method, String body, int status, String words) {
        @Override
        public String toString() {
            return "§" + section + " " + method + " " + (body.length() > 90 ? body.substring(0, 90) + "…" : body);
        }
    }

    private static Row invalid(String section, Sender sender, String body, String detail) {
        return new Row(section, sender.name, body, 400, DETAILS + detail);
    }

    static List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (Sender sender : SENDERS) {
            if (List.of("5.1", "5.2", "5.4", "5.6", "5.7", "5.9", "5.10").contains(sender.section)) {
                rows.add(invalid(
                        "2.3",
                        sender,
                        sender.with("quotedMessageId", "\"short\""),
                        "'message id' must be at least 16 symbols"));
                rows.add(invalid(
                        "5",
                        sender,
                        sender.with("typingTime", "999"),
                        "'typingTime' must be greater than or equal to"));
                rows.add(invalid(
                        "5", sender, sender.with("typingTime", "20001"), "'typingTime' must be less than or equal to"));
            }
        }
        for (Sender sender : SENDERS) {
            if (sender.right.has("idMessage")) {
                rows.add(invalid(
                        "2.3",
                        sender,
                        sender.with("idMessage", "\"short\""),
                        "'message id' must be at least 16 symbols"));
            }
        }
        rows.addAll(ofSingleMethods());
        return rows;
    }

    private static List<Row> ofSingleMethods() {
        String unknown = "Message not found by id " + ID;
        return List.of(
                row("sendMessage", "linkPreview", "\"test\"", "'linkPreview' must be a boolean"),
                row("sendMessage", "typePreview", "\"huge\"", "'typePreview' must be one of [large, small]"),
                row("sendMessage", "customPreview", "{}", "'customPreview' must have a 'title'"),
                tooLong("sendMessage", "message", 20_000),
                tooLong("sendPoll", "message", 255),
                row("sendPoll", "options", "[{\"optionName\":\"yes\"}]", "'options' must contain at least 2 items"),
                row(
                        "sendPoll",
                        "options",
                        "[{\"optionName\":\"a\"},{\"optionName\":\"a\"}]",
                        "'options[1]' contains a duplicate value"),
                row(
                        "sendPoll",
                        "options",
                        "[{\"optionName\":\"a\"},{\"optionName\":\"" + "b".repeat(101) + "\"}]",
                        "'options[1].optionName' length must be less than or equal to 100 characters long"),
                row("sendPoll", "multipleAnswers", "1", "'multipleAnswers' must be a boolean"),
                tooLong("sendFileByUrl", "caption", 20_000),
                row("sendFileByUrl", "typingType", "\"dancing\"", "'typingType' must be one of"),
                row("sendLocation", "latitude", "91", "'latitude' must be less than or equal to 90"),
                row("sendContact", "contact", "{\"firstName\":\"Ann\"}", "'contact.phoneContact' is required"),
                row("sendContact", "contact", "{\"phoneContact\":10000000003}", "'contact' must have one of"),
                row("forwardMessages", "messages", "[]", "'messages' must contain at least 1 items"),
                new Row(
                        "5.8",
                        "forwardMessages",
                        sender("forwardMessages").right.toString(),
                        400,
                        unknown),
                tooLong("sendInteractiveButtons", "body", 20_000),
                row(
                        "sendInteractiveButtons",
                        "buttons",
                        "[{\"type\":\"jump\",\"buttonId\":\"1\",\"buttonText\":\"Go\"}]",
                        "'buttons[0].type' must be one of"),
                row(
                        "sendInteractiveButtons",
                        "buttons",
                        "[{\"type\":\"url\",\"buttonId\":\"1\",\"buttonText\":\"Go\"}]",
                        "'buttons[0].url' is required"),
                row(
                        "sendInteractiveButtonsReply",
                        "buttons",
                        "[{\"buttonId\":\"1\",\"buttonText\":\"" + "a".repeat(26) + "\"}]",
                        "'buttons[0].buttonText' length must be less than or equal to 25 characters long"),
                tooLong("editMessage", "message", 20_000),
                new Row("11.6", "editMessage", sender("editMessage").right.toString(), 400, unknown),
                new Row("11.7", "deleteMessage", sender("deleteMessage").right.toString(), 400, unknown),
                tooLong("sendTextStatus", "message", 500),
                tooLong("sendMediaStatus", "caption", 1024),
                row("sendTextStatus", "font", "\"COMIC\"", "'font' must be one of"),
                row("sendVoiceStatus", "backgroundColor", "\"red\"", "'backgroundColor' must be one of"),
                row("sendMediaStatus", "participants", "[\"7@g.us\"]", "'participants[0]' must be one of"),
                new Row("13", "deleteStatus", sender("deleteStatus").right.toString(), 400, unknown));
    }

    private static Sender sender(String name) {
        return SENDERS.stream()
                .filter(sender -> sender.name.equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Row row(String method, String member, String value, String detail) {
        Sender sender = sender(method);
        return invalid(sender.section, sender, sender.with(member, value), detail);
    }

    private static Row tooLong(String method, String member, int most) {
        return row(
                method,
                member,
                "\"" + "x".repeat(most + 1) + "\"",
                "'" + member + "' length must be less than or equal to " + most + " characters long");
    }

    private TestGateway gateway;
    private Gateway.NewInstance anna;

    @BeforeAll
    void start(@TempDir Path data) {
        gateway = TestGateway.start(data);
        anna = gateway.gateway().createInstance("Anna");
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void whatIsWrongIsSaid(Row row) {
        HttpResponse<String> answer = gateway.post(TestGateway.path(anna, row.method), row.body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(row.status);
        JsonNode body = JSON.readTree(answer.body());
        assertThat(body.path("statusCode").intValue()).isEqualTo(row.status);
        assertThat(body.path("message").stringValue()).startsWith(row.words);
    }

    /** §5.3, §5.5: files come in forms, or as they are. */
    @ParameterizedTest
    @MethodSource("forms")
    void aFormThatIsWrongIsRefused(String method, TestForm form, String detail) {
        HttpResponse<String> answer =
                gateway.send(form.request(URI.create(gateway.gateway().apiUrl() + TestGateway.path(anna, method)))
                        .build());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(JSON.readTree(answer.body()).path("message").stringValue()).isEqualTo(DETAILS + detail);
    }

    static Stream<Arguments> forms() {
        byte[] file = {1, 2, 3};
        String bob = "15550001002@c.us";
        return Stream.of(
                form("sendFileByUpload", new TestForm().file("file", "a.pdf", file), "'chatId' is required"),
                form("sendFileByUpload", new TestForm().text("chatId", bob), "'file' is required"),
                form(
                        "sendFileByUpload",
                        new TestForm().text("chatId", bob).file("file", "a.pdf", new byte[0]),
                        "'file' is not allowed to be empty"),
                form(
                        "sendFileByUpload",
                        new TestForm().text("chatId", "").file("file", "a.pdf", file),
                        "'chatId' is not allowed to be empty"),
                form(
                        "sendFileByUpload",
                        new TestForm().text("chatId", "1@c.us").file("file", "a.pdf", file),
                        "'chatId': invalid phone number"),
                form(
                        "sendFileByUpload",
                        new TestForm().text("chatId", bob).text("surprise", "1").file("file", "a.pdf", file),
                        "'surprise' is not allowed"),
                form(
                        "sendFileByUpload",
                        new TestForm()
                                .text("chatId", bob)
                                .text("quotedMessageId", "short")
                                .file("file", "a.pdf", file),
                        "'message id' must be at least 16 symbols"),
                form(
                        "sendFileByUpload",
                        new TestForm()
                                .text("chatId", bob)
                                .text("typingTime", "soon")
                                .file("file", "a.pdf", file),
                        "'typingTime' must be a number"),
                form("uploadFile", new TestForm().text("chatId", bob), "'file' is required"));
    }

    private static Arguments form(String method, TestForm form, String detail) {
        return Arguments.of(method, form, detail);
    }
}
