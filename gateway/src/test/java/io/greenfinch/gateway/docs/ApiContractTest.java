package io.greenfinch.gateway.docs;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.greenfinch.gateway.TestForm;
import io.greenfinch.gateway.account.ScanQrCode;
import io.greenfinch.gateway.group.LeaveGroup;
import io.greenfinch.gateway.picture.PictureStudio;
import io.greenfinch.gateway.picture.SetGroupPicture;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;

/** What the integration tests lean on does complain. */
class ApiContractTest {

    private static final URI PICTURE = URI.create("http://localhost/waInstance1/setGroupPicture/token");
    private static final byte[] BYTES = "\r\n--x\u00ff".getBytes(StandardCharsets.ISO_8859_1);
    private static final String GROUP = "120363000000000001@g.us";
    private static final Map<String, String> JSON = Map.of("content-type", "application/json; charset=utf-8");
    private static final Answered SET =
            new Answered(200, JSON, "{\"reason\":\"\",\"urlAvatar\":\"\",\"setGroupPicture\":true}");

    private final ApiContract contract = new ApiContract(new ApiDescription(
                    List.of(
                            new SetGroupPicture(new PictureStudio(), Clock.systemUTC()),
                            new LeaveGroup(),
                            new ScanQrCode(Clock.systemUTC())),
                    () -> URI.create("http://localhost"))
            .document());

    @Test
    void aFormHasItsPartsOnceInAnyOrderAndNoOthers() {
        form(new TestForm().file("file", "f.jpg", BYTES).text("groupId", GROUP)).doesNotThrowAnyException();
        form(new TestForm("boundary").text("groupId", GROUP).part("content-disposition: form-data; name=file", BYTES))
                .doesNotThrowAnyException();

        form(new TestForm().text("groupId", GROUP)).hasMessageContaining("'file'");
        form(new TestForm()).hasMessageContaining("'file'").hasMessageContaining("'groupId'");
        form(new TestForm().text("groupId", "7").file("file", "f.jpg", BYTES)).hasMessageContaining("/groupId");
        form(new TestForm().text("groupId", GROUP).file("file", "f", BYTES).text("more", ""))
                .hasMessageContaining("'more'");
        form(new TestForm().text("groupId", GROUP).file("file", "f", BYTES).file("file", "f", BYTES))
                .hasMessageContaining("part file comes twice");
        form(new TestForm().part("Content-Type: text/plain", BYTES)).hasMessageContaining("content-disposition");
    }

    @Test
    void whatIsNoFormIsNoRequestOfThisMethod() {
        assertThatThrownBy(() -> contract.check(new Asked("POST", PICTURE.getPath(), JSON, "{}"), SET))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("type application/json");
    }

    @Test
    void refusedRequestsMayBeAnything() {
        Answered refused = new Answered(400, JSON, error(400));
        assertThatCode(() -> contract.check(new Asked("POST", PICTURE.getPath(), JSON, "{}"), refused))
                .doesNotThrowAnyException();
    }

    @Test
    void answersMustBeDocumented() {
        Asked leave = new Asked("POST", "/waInstance1/leaveGroup/token", JSON, "{\"groupId\":\"" + GROUP + "\"}");
        assertThatCode(() -> contract.check(leave, new Answered(200, JSON, "{\"leaveGroup\":true}")))
                .doesNotThrowAnyException();

        for (Answered wrong : List.of(
                new Answered(200, JSON, "{\"leaveGroup\":1}"),
                new Answered(200, JSON, "{\"leaveGroup\":true,\"more\":1}"),
                new Answered(200, Map.of("content-type", "text/plain"), "{\"leaveGroup\":true}"),
                new Answered(202, JSON, "{\"leaveGroup\":true}"),
                new Answered(418, JSON, error(418)),
                new Answered(502, JSON, error(502)))) {
            assertThatThrownBy(() -> contract.check(leave, wrong))
                    .as(wrong.toString())
                    .isInstanceOf(AssertionError.class);
        }
    }

    @Test
    void framesMustBeDocumented() {
        String path = "/waInstance1/scanqrcode/token";
        String linked = "{\"type\":\"accountData\",\"message\":\"accountData\",\"wid\":\"15550001001@c.us\","
                + "\"pushname\":\"\",\"webhookUrl\":\"\"}";
        assertThatCode(() -> contract.checkFrame(path, linked)).doesNotThrowAnyException();
        assertThatCode(() -> contract.checkFrame(path, "{\"type\":\"qrCode\",\"message\":\"iVBO\"}"))
                .doesNotThrowAnyException();

        for (String wrong : List.of(
                "{\"type\":\"qrCode\",\"message\":\"\"}",
                "{\"type\":\"other\",\"message\":\"x\"}",
                "{\"type\":\"accountData\",\"message\":\"accountData\"}",
                linked.replace("accountData\",\"m", "qrCode\",\"m"),
                "qrCode")) {
            assertThatThrownBy(() -> contract.checkFrame(path, wrong)).as(wrong).isInstanceOf(AssertionError.class);
        }
        assertThatThrownBy(() -> contract.checkFrame("/waInstance1/leaveGroup/token", linked))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void whatIsNoHttpIsRefusedInTheCommonForm() {
        Asked nothing = new Asked("none", "/", Map.of(), "");
        assertThatCode(() -> contract.checkAnswer(nothing, new Answered(431, JSON, error(431))))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> contract.checkAnswer(nothing, new Answered(431, JSON, "{}")))
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> contract.checkAnswer(nothing, new Answered(200, JSON, "{}")))
                .isInstanceOf(AssertionError.class);
    }

    private AbstractThrowableAssert<?, ?> form(TestForm form) {
        HttpRequest request = form.request(PICTURE).build();
        return assertThatCode(() -> contract.check(Asked.of(request), SET));
    }

    private static String error(int status) {
        return "{\"statusCode\":" + status
                + ",\"timestamp\":\"2026-11-26T10:20:30.456Z\",\"path\":\"/\",\"message\":\"no\"}";
    }
}
