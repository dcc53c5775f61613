package io.greenfinch.protocol.pairing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.greenfinch.protocol.Hex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AppVersionTest {

    @Test
    void readsWhatItWrites() {
        AppVersion version = new AppVersion(2, 3000, 1_043_857_760);

        assertThat(version).hasToString("2.3000.1043857760");
        assertThat(AppVersion.parse("2.3000.1043857760")).contains(version);
        assertThat(AppVersion.parse("0.0.2147483647")).contains(new AppVersion(0, 0, Integer.MAX_VALUE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2",
                "2.3000",
                "2.3000.1.1",
                "2.3000.x",
                "-2.3000.1",
                "2..1",
                " 2.3000.1",
                "2.3000.2147483648",
                "2.3000.99999999999"
            })
    void refusesOtherTexts(String text) {
        assertThat(AppVersion.parse(text)).isEmpty();
    }

    @Test
    void refusesNegativeParts() {
        assertThatThrownBy(() -> new AppVersion(2, -1, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void namesItsBuildByTheMd5OfItsText() {
        // printf 2.3000.1043857760 | md5sum
        assertThat(Hex.text(new AppVersion(2, 3000, 1_043_857_760).buildHash()))
                .isEqualTo("f6f65c0607a1cdffd8752b051fc95edf");
    }

    @Test
    void comparesByItsNumbers() {
        assertThat(new AppVersion(2, 3000, 9)).isLessThan(new AppVersion(2, 3000, 10));
        assertThat(new AppVersion(2, 9, 9)).isLessThan(new AppVersion(2, 10, 0));
        assertThat(new AppVersion(10, 0, 0)).isGreaterThan(new AppVersion(9, 9, 9));
    }
}
