package io.greenfinch.client.picture;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.client.group.Silence;
import io.greenfinch.client.stanza.Answer;
import io.greenfinch.protocol.binary.Node;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is made of answers about pictures, honest ones and others. */
class PictureAnswersTest {

    private static final PictureLookup NOTHING = new PictureLookup.NoAnswer(Silence.UNKNOWN);

    private static Answer result(Node.Builder child) {
        return Answer.of(
                Node.element("iq").attribute("type", "result").child(child).build());
    }

    private static Node.Builder picture(String id, String url) {
        return Node.element("picture").attribute("id", id).attribute("url", url).attribute("type", "image");
    }

    @Test
    void aPictureHasAnIdAndAnAddress() {
        String url = "https://pps.example/v/t61/1.jpg?ccb=11-4&oh=01_Q5&oe=66";
        PictureLookup lookup = PictureAnswers.lookup(result(picture("1795400000", url)));
        assertThat(lookup).isEqualTo(new PictureLookup.Found(new Picture("1795400000", URI.create(url))));
        assertThat(lookup.toString()).doesNotContain("pps");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "javascript:alert(1)",
                "file:///etc/passwd",
                "https:",
                "http://",
                "//pps.example/1.jpg",
                "https://pps.example/a b",
                "https://pps.example/\u0000",
            })
    void whatIsNoAddressOfTheWebIsNoPicture(String url) {
        assertThat(PictureAnswers.lookup(result(picture("1", url)))).isEqualTo(NOTHING);
    }

    @Test
    void whatIsLeftOutOrTooLongIsNoPicture() {
        String url = "https://pps.example/1.jpg";
        assertThat(PictureAnswers.lookup(result(picture("", url)))).isEqualTo(NOTHING);
        assertThat(PictureAnswers.lookup(result(picture("9".repeat(65), url)))).isEqualTo(NOTHING);
        assertThat(PictureAnswers.lookup(result(picture("1", url + "?" + "x".repeat(4096)))))
                .isEqualTo(NOTHING);
        assertThat(PictureAnswers.lookup(result(Node.element("picture")))).isEqualTo(NOTHING);
        assertThat(PictureAnswers.lookup(result(Node.element("image")))).isEqualTo(NOTHING);
        assertThat(PictureAnswers.lookup(
                        Answer.of(Node.element("iq").attribute("type", "result").build())))
                .isEqualTo(NOTHING);
    }

    @Test
    void noneMayBeToldInsideTheResult() {
        assertThat(PictureAnswers.lookup(result(Node.element("picture").attribute("status", "204"))))
                .isEqualTo(new PictureLookup.None());
    }

    @ParameterizedTest
    @CsvSource({
        "404, None[]",
        "401, Hidden[]",
        "403, Hidden[]",
        "400, Refused[code=400]",
        "429, NoAnswer[why=RATE_LIMITED]"
    })
    void refusalsAreToldApart(int code, String lookup) {
        Answer refused = new Answer.Refused(code, "", Optional.empty());
        assertThat(PictureAnswers.lookup(refused)).hasToString(lookup);
    }
}
