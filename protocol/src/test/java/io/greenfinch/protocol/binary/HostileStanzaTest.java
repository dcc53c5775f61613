package io.greenfinch.protocol.binary;

import static io.greenfinch.protocol.Hex.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What must be refused, and how much work a refusal may cost. */
class HostileStanzaTest {

    static Stream<Arguments> malformed() {
        return Stream.of(
                arguments("nothing", ""),
                arguments("a flag byte alone", "00"),
                arguments("an empty list as element", "00 00"),
                arguments("an element without a tag", "00 F8 00"),
                arguments("a token as element", "00 19"),
                arguments("an empty value as tag", "00 F8 01 00"),
                arguments("a list as tag", "00 F8 01 F8 01 19"),
                arguments("a list as attribute value", "00 F8 03 19 08 F8 01 19"),
                arguments("an empty value as attribute name", "00 F8 03 19 00 08"),
                arguments("bytes after the stanza", "00 F8 01 19 00"),
                arguments("a token as child", "00 F8 02 19 F8 01 19"),
                arguments("an unknown tag 240", "00 F8 01 F0"),
                arguments("an unknown tag 244", "00 F8 01 F4"),
                arguments("65,535 children that don't come", "00 F8 02 19 F9 FF FF"),
                arguments("65,535 attributes that don't come", "00 F9 FF FF 19"),
                arguments("2^20-1 bytes that don't come", "00 F8 02 19 FD 0F FF FF 00"),
                arguments("2^31-1 bytes that don't come", "00 F8 02 19 FE 7F FF FF FF 00"),
                arguments("2^32-1 bytes", "00 F8 02 19 FE FF FF FF FF 00"),
                arguments("a nibble outside the alphabet", "00 F8 03 19 08 FF 01 1C"),
                arguments("an address with an @ in its user", "00 F8 03 19 11 FA FC 02 61 40 03"),
                arguments("an address with an @ in its server", "00 F8 03 19 11 FA 2D FC 02 61 40"),
                arguments("an address of another network at WhatsApp", "00 F8 03 19 11 F5 2D 00 01 00 01 03"),
                arguments("an address of 256 characters", "00 F8 03 19 11 FA FD 00 01 00" + "61".repeat(256) + "03"),
                arguments("compressed garbage", "02 01 02 03 04"),
                arguments("a compressed stream that ends early", "02 78 9C"),
                arguments("a compressed stream that needs a dictionary", "02 78 BB 00 00 00 01 00"),
                arguments("a compressed nothing", "02 78 9C 03 00 00 00 00 01"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("malformed")
    void refuses(String what, String bytes) {
        assertThatThrownBy(() -> NodeDecoder.decode(hex(bytes))).isInstanceOf(MalformedStanzaException.class);
    }

    static Stream<Arguments> addressesWithARoomForAString() {
        return Stream.of(
                arguments("JID_PAIR's user", "FA %s 03", "2D"),
                arguments("JID_PAIR's server", "FA 2D %s", "03"),
                arguments("AD_JID's user", "F7 00 01 %s", "2D"),
                arguments("FB_JID's user", "F6 %s 00 01 CC", "2D"),
                arguments("FB_JID's server", "F6 2D 00 01 %s", "CC"),
                arguments("INTEROP_JID's user", "F5 %s 00 01 00 01 FC 07 69 6E 74 65 72 6F 70", "2D"),
                arguments("INTEROP_JID's server", "F5 2D 00 01 00 01 %s", "FC 07 69 6E 74 65 72 6F 70"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("addressesWithARoomForAString")
    void refusesAddressesInsideAddresses(String where, String address, String string) {
        for (String inner : new String[] {"FA 2D 03", "F7 00 01 2D", "F6 2D 00 01 2D", "F5 2D 00 01 00 01 2D"}) {
            byte[] frame = hex("00 F8 03 19 11" + address.formatted(inner));
            assertThatThrownBy(() -> NodeDecoder.decode(frame)).isInstanceOf(MalformedStanzaException.class);
        }
        assertThat(NodeDecoder.decode(hex("00 F8 03 19 11" + address.formatted(string))))
                .isNotNull();
    }

    @Test
    void refusesAStanzaCutAnywhere() {
        byte[] whole = hex("00 F8 08 19 08 FF 82 12 3F 11 FA FF 02 15 55 03 05 F7 01 05 FB 01 AB F9 00 02"
                + "F8 02 0E FD 00 00 03 01 02 03 F8 05 13 08 F5 2D 00 01 00 02 FC 07 69 6E 74 65 72 6F 70 04 EC 00");
        assertThat(NodeDecoder.decode(whole).children()).hasSize(2);

        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> NodeDecoder.decode(cut))
                    .as("cut to %d bytes", length)
                    .isInstanceOf(MalformedStanzaException.class);
        }
    }

    @Test
    void refusesACompressedStanzaCutAnywhere() {
        byte[] whole = Deflated.of(hex("00 F8 02 19 FC 05 01 02 03 04 05"));
        assertThat(NodeDecoder.decode(whole).content()).hasSize(5);

        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> NodeDecoder.decode(cut))
                    .as("cut to %d bytes", length)
                    .isInstanceOf(MalformedStanzaException.class);
        }
    }

    @Test
    void refusesElementsNestedTooDeep() {
        assertThat(NodeDecoder.decode(nested(NodeDecoder.MAX_DEPTH))).isNotNull();
        assertThatThrownBy(() -> NodeDecoder.decode(nested(NodeDecoder.MAX_DEPTH + 1)))
                .isInstanceOf(MalformedStanzaException.class);
        assertThatThrownBy(() -> NodeDecoder.decode(nested(1_000_000))).isInstanceOf(MalformedStanzaException.class);
    }

    private static byte[] nested(int depth) {
        return hex("00" + "F8 02 19 F8 01".repeat(depth) + "F8 01 19");
    }

    @Test
    void refusesACompressedStanzaThatGrowsTooLarge() {
        byte[] bytes = new byte[Inflated.MAX];
        byte[] bomb = Deflated.of(NodeEncoder.encode(Node.bytes("iq", bytes)));
        assertThat(bomb).hasSizeLessThan(64 << 10);

        assertThatThrownBy(() -> NodeDecoder.decode(bomb))
                .isInstanceOf(MalformedStanzaException.class)
                .hasMessageContaining("larger than");
    }
}
