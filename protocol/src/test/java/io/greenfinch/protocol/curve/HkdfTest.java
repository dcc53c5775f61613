package io.greenfinch.protocol.curve;

import static io.greenfinch.protocol.Hex.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.greenfinch.protocol.Hex;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HkdfTest {

    /** RFC 5869, test cases 1 to 3. */
    static Stream<Arguments> cases() {
        return Stream.of(
                arguments(
                        "0b".repeat(22),
                        "000102030405060708090a0b0c",
                        "f0f1f2f3f4f5f6f7f8f9",
                        "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf" + "34007208d5b887185865"),
                arguments(
                        counting(0x00, 80),
                        counting(0x60, 80),
                        counting(0xb0, 80),
                        "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c"
                                + "59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71"
                                + "cc30c58179ec3e87c14c01d5c1f3434f1d87"),
                arguments(
                        "0b".repeat(22),
                        "",
                        "",
                        "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d" + "9d201395faa4b61a96c8"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void derivesAsInTheStandard(String ikm, String salt, String info, String expected) {
        assertThat(Hex.text(Hkdf.derive(hex(ikm), hex(salt), hex(info), expected.length() / 2)))
                .isEqualTo(expected);
    }

    /** As at the end of a handshake: HMAC-SHA256 of nothing under 32 zeros, expanded. */
    @Test
    void derivesFromNothing() {
        assertThat(Hex.text(Hkdf.derive(new byte[0], new byte[32], new byte[0], 32)))
                .isEqualTo(Hex.text(Hkdf.derive(new byte[0], new byte[0], new byte[0], 64))
                        .substring(0, 64))
                .isEqualTo("eb70f01dede9afafa449eee1b1286504e1f62388b3f7dd4f956697b0e828fe18");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 8161})
    void refusesLengthsThatItCannotDerive(int length) {
        assertThatThrownBy(() -> Hkdf.derive(new byte[32], new byte[0], new byte[0], length))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(Hkdf.derive(new byte[32], new byte[0], new byte[0], 8160)).hasSize(8160);
    }

    private static String counting(int from, int count) {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = (byte) (from + i);
        }
        return Hex.text(bytes);
    }
}
