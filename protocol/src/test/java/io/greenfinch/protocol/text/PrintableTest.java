package io.greenfinch.protocol.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTest {

    @Test
    void whatMovesTheCursorOrBreaksTheLineIsEscaped() {
        assertThat(Printable.of("a\nb\r\u001b[2Jc\u0085\u2028\u009b\u202ed\ud83d"))
                .isEqualTo("a\\u000ab\\u000d\\u001b[2Jc\\u0085\\u2028\\u009b\\u202ed\\ud83d");
    }

    @Test
    void whatPeopleWriteStays() {
        String text =
                "Ferien ✈ \u05d7\u05d5\u05e4\u05e9 👨\u200d👩\u200d👧 \ud83c\udff4\udb40\udc67\udb40\udc62\udb40\udc7f";
        assertThat(Printable.of(text)).isSameAs(text);
    }
}
