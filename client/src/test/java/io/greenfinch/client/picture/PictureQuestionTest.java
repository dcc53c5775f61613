package io.greenfinch.client.picture;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.client.stanza.Answer;
import io.greenfinch.client.stanza.Exchange;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Refusal;
import io.greenfinch.client.stanza.Request;
import io.greenfinch.client.stanza.Silence;
import io.greenfinch.client.stanza.SteppedWire;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is made of answers about pictures, honest ones and others. */
class PictureQuestionTest {

    private static final Outcome<Picture> NOTHING = new Outcome.Unknown<>(Silence.UNKNOWN);

    private static Node result(Node.Builder child) {
        return Node.element("iq").attribute("type", "result").child(child).build();
    }

    private static Node.Builder picture(String id, String url) {
        return Node.element("picture").attribute("id", id).attribute("url", url).attribute("type", "image");
    }

    @Test
    void aPictureHasAnIdAndAnAddress() {
        String url = "https://pps.example/v/t61/1.jpg?ccb=11-4&oh=01_Q5&oe=66";
        Outcome<Picture> lookup = PictureQuestion.told(result(picture("1795400000", url)));
        assertThat(lookup).isEqualTo(new Outcome.Done<>(new Picture("1795400000", URI.create(url))));
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
        assertThat(PictureQuestion.told(result(picture("1", url)))).isEqualTo(NOTHING);
    }

    @Test
    void whatIsLeftOutOrTooLongIsNoPicture() {
        String url = "https://pps.example/1.jpg";
        assertThat(PictureQuestion.told(result(picture("", url)))).isEqualTo(NOTHING);
        assertThat(PictureQuestion.told(result(picture("9".repeat(65), url)))).isEqualTo(NOTHING);
        assertThat(PictureQuestion.told(result(picture("1", url + "?" + "x".repeat(4096)))))
                .isEqualTo(NOTHING);
        assertThat(PictureQuestion.told(result(Node.element("picture")))).isEqualTo(NOTHING);
        assertThat(PictureQuestion.told(result(Node.element("image")))).isEqualTo(NOTHING);
        assertThat(PictureQuestion.told(
                        Node.element("iq").attribute("type", "result").build()))
                .isEqualTo(NOTHING);
    }

    @Test
    void noneMayBeToldInsideTheResult() {
        assertThat(PictureQuestion.told(result(Node.element("picture").attribute("status", "204"))))
                .isEqualTo(new Outcome.Refused<>(Refusal.NO_PICTURE, 404));
    }

    @ParameterizedTest
    @CsvSource({"404, NO_PICTURE", "401, HIDDEN", "403, HIDDEN", "400, OTHER"})
    void refusalsAreToldApart(int code, Refusal reason) {
        assertThat(askedAndRefused(code)).isEqualTo(new Outcome.Refused<>(reason, code));
    }

    @Test
    void tooManyQuestionsTellNothing() {
        assertThat(askedAndRefused(429)).isEqualTo(new Outcome.Unknown<>(Silence.RATE_LIMITED));
    }

    private static Outcome<Picture> askedAndRefused(int code) {
        return asked(true, new Answer.Refused(code, "", Optional.empty()));
    }

    @Test
    void whatTellsNothingIsAskedAgainWhileThereIsTime() {
        Answer failure = new Answer.Refused(503, "", Optional.empty());
        Answer empty = new Answer.Result(Node.empty("iq"));
        Answer picture = new Answer.Result(result(picture("1", "https://pps.example/1.jpg")));

        assertThat(asked(true, failure, empty, picture)).isInstanceOf(Outcome.Done.class);
        assertThat(asked(true, failure)).isEqualTo(NOTHING);
        assertThat(asked(true, empty)).isEqualTo(NOTHING);
        assertThat(asked(false, failure, picture)).isEqualTo(new Outcome.Refused<>(Refusal.OTHER, 503));
        assertThat(asked(false, empty, picture)).isEqualTo(NOTHING);
    }

    /** The last answer stays. */
    private static Outcome<Picture> asked(boolean patient, Answer... answers) {
        Deque<Answer> left = new ArrayDeque<>(List.of(answers));
        SteppedWire wire = new SteppedWire() {
            @Override
            public void send(Request request) {
                request.complete(left.size() > 1 ? left.remove() : left.element());
            }
        };
        Node question = PictureStanzas.get(Jid.pn("15550001002"), PictureSize.IMAGE);
        return Exchange.ask(
                wire,
                question,
                new PictureQuestion(patient),
                wire.clock.instant().plusSeconds(25));
    }
}
