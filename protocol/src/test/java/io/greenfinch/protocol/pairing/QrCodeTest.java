package io.greenfinch.protocol.pairing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QrCodeTest {

    private static final String A = "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=";
    private static final String B = "AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI=";
    private static final String C = "AwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwM=";

    private final QrCode code = new QrCode("2@ref_-=", filled(1), filled(2), filled(3), "1");

    @Test
    void writesTheTextOfTodaysClients() {
        assertThat(code.text())
                .isEqualTo("https://wa.me/settings/linked_devices#2@ref_-=," + A + "," + B + "," + C + ",1");
    }

    @Test
    void readsWhatItWrites() {
        assertThat(QrCode.parse(code.text())).contains(code);
    }

    @Test
    void readsTheTextWithoutAPrefix() {
        assertThat(QrCode.parse("2@ref_-=," + A + "," + B + "," + C + ",1")).contains(code);
    }

    @Test
    void readsTheFourFieldsOfOlderClients() {
        assertThat(QrCode.parse("2@ref_-=," + A + "," + B + "," + C))
                .contains(new QrCode("2@ref_-=", filled(1), filled(2), filled(3), ""));
    }

    @Test
    void readsTextsWithMoreFieldsThanToday() {
        assertThat(QrCode.parse(code.text() + ",new,newer")).contains(code);
    }

    @Test
    void toleratesTheLineEndThatAShellAdds() {
        assertThat(QrCode.parse(code.text() + "\n")).contains(code);
        assertThat(QrCode.parse(code.text() + " \f,new")).contains(code);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "#",
                "https://example.org/",
                "2@ref," + A + "," + B,
                "," + A + "," + B + "," + C,
                "2@ref," + A + "," + B + ",AwMD",
                "2@ref," + A + "," + B + "AAAA," + C,
                "2@ref,?," + B + "," + C,
                "2@ref,,,,"
            })
    void refusesOtherCodes(String text) {
        assertThat(QrCode.parse(text)).isEmpty();
    }

    @Test
    void refusesTextsTooLongForACode() {
        assertThat(QrCode.parse(code.text() + "x".repeat(5000))).isEmpty();
    }

    @Test
    void refusesPartsThatHaveNoPlaceInAText() {
        assertThatThrownBy(() -> new QrCode("a,b", filled(1), filled(2), filled(3), ""))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new QrCode("a#b", filled(1), filled(2), filled(3), ""))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new QrCode("a", new byte[31], filled(2), filled(3), ""))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void hidesTheSecretInItsText() {
        assertThat(code.toString())
                .doesNotContain(Base64.getEncoder().encodeToString(code.advSecret()))
                .doesNotContain("0303");
    }

    private static byte[] filled(int value) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) value);
        return key;
    }
}
