package io.greenfinch.protocol.binary;

import static io.greenfinch.protocol.Hex.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.greenfinch.protocol.Hex;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Stanzas against bytes written by hand from specification §5.2, §5.5 and §5.6. */
class StanzaBytesTest {

    /** A device of another network, up to where its server stands or is left out. */
    private static final String INTEROP = " F5 FF 02 12 34 00 02 00 07 ";

    private static final Jid INTEROP_JID = new Jid("1234", 2, Jid.INTEROP, 7);

    /** Tokens used below: 08 id, 0E user, 13 message, 14 result, 19 iq, 04 type, 05 participant, 11 to. */
    static Stream<Arguments> bothWays() {
        return Stream.of(
                arguments("an element alone", "F8 01 19", Node.empty("iq")),
                arguments("the end of the stream", "F8 01 02", Node.empty("xmlstreamend")),
                arguments("a token as value", "F8 03 19 04 14", iq("type", "result")),
                arguments("dictionary 0", "F8 01 EC 00", Node.empty("read-self")),
                arguments("dictionary 1", "F8 01 ED 00", Node.empty("reject")),
                arguments("dictionary 2", "F8 03 19 08 EE 00", iq("id", "64")),
                arguments("dictionary 3", "F8 03 19 08 EF FF", iq("id", "1961")),
                arguments("an even number of nibbles", "F8 03 19 08 FF 02 12 34", iq("id", "1234")),
                arguments("an odd number of nibbles", "F8 03 19 08 FF 82 12 3F", iq("id", "123")),
                arguments("dash and dot as nibbles", "F8 03 19 08 FF 02 1B 2A", iq("id", "1.2-")),
                arguments("an even number of hex digits", "F8 03 19 08 FB 02 3E B0", iq("id", "3EB0")),
                arguments("an odd number of hex digits", "F8 03 19 08 FB 82 AB CF", iq("id", "ABC")),
                arguments("lower-case hex, which isn't packed", "F8 03 19 08 FC 04 33 65 62 30", iq("id", "3eb0")),
                arguments("text", "F8 03 19 08 FC 03 78 20 79", iq("id", "x y")),
                arguments("text outside ASCII", "F8 03 19 08 FC 04 F0 9F 90 A6", iq("id", "🐦")),
                arguments("127 digits", "F8 03 19 08 FF C0" + " 55".repeat(63) + " 5F", iq("id", "5".repeat(127))),
                arguments("128 digits", "F8 03 19 08 FC 80" + " 35".repeat(128), iq("id", "5".repeat(128))),
                arguments(
                        "text of 256 bytes", "F8 03 19 08 FD 00 01 00" + " 78".repeat(256), iq("id", "x".repeat(256))),
                arguments("bytes", "F8 02 19 FC 02 31 32", Node.bytes("iq", hex("31 32"))),
                arguments("digits as content, never packed", "F8 02 19 FC 02 31 32", Node.text("iq", "12")),
                arguments("255 bytes", "F8 02 19 FC FF" + " 07".repeat(255), Node.bytes("iq", filled(255))),
                arguments("256 bytes", "F8 02 19 FD 00 01 00" + " 07".repeat(256), Node.bytes("iq", filled(256))),
                arguments(
                        "2^20-1 bytes",
                        "F8 02 19 FD 0F FF FF" + "07".repeat((1 << 20) - 1),
                        Node.bytes("iq", filled((1 << 20) - 1))),
                arguments(
                        "2^20 bytes",
                        "F8 02 19 FE 00 10 00 00" + "07".repeat(1 << 20),
                        Node.bytes("iq", filled(1 << 20))),
                arguments(
                        "children",
                        "F8 02 19 F8 02 F8 01 0E F8 03 13 08 2D",
                        Node.element("iq")
                                .child(Node.empty("user"))
                                .child(Node.element("message").attribute("id", "0"))
                                .build()),
                arguments("255 children", "F8 02 19 F8 FF" + " F8 01 0E".repeat(255), withChildren(255)),
                arguments("256 children", "F8 02 19 F9 01 00" + " F8 01 0E".repeat(256), withChildren(256)),
                arguments("an address", "F8 03 19 11 FA FF 86 15 55 00 01 00 1F 03", iq(Jid.pn("15550001001"))),
                arguments("a group's address", "F8 03 19 11 FA FF 03 12 03 63 1C", iq(Jid.group("120363"))),
                arguments("the server's address", "F8 03 19 11 FA 00 03", iq(Jid.SERVER)),
                arguments("the group server's address", "F8 03 19 11 FA 00 1C", iq(Jid.GROUP_SERVER)),
                arguments("a LID", "F8 03 19 11 FA FF 02 90 01 76", iq(Jid.lid("9001"))),
                arguments("a device of a PN", "F8 03 19 11 F7 00 03 FF 02 15 55", iq(new Jid("1555", 3, Jid.USERS, 0))),
                arguments(
                        "a device of a LID", "F8 03 19 11 F7 01 FF FF 02 90 01", iq(new Jid("9001", 255, Jid.LIDS, 0))),
                arguments(
                        "a hosted device", "F8 03 19 11 F7 80 63 FF 02 15 55", iq(new Jid("1555", 99, Jid.HOSTED, 0))),
                arguments(
                        "a hosted device of a LID",
                        "F8 03 19 11 F7 81 63 FF 02 90 01",
                        iq(new Jid("9001", 99, Jid.HOSTED_LID, 0))),
                arguments(
                        "a Messenger device",
                        "F8 03 19 11 F6 FF 02 12 34 01 02 CC",
                        iq(new Jid("1234", 258, Jid.MESSENGER, 0))),
                arguments(
                        "a device of another network",
                        "F8 03 19 11 F5 FF 02 12 34 00 02 00 07 FC 07 69 6E 74 65 72 6F 70",
                        iq(new Jid("1234", 2, Jid.INTEROP, 7))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bothWays")
    void encodes(String what, String bytes, Node node) {
        assertThat(Hex.text(NodeEncoder.encode(node))).isEqualTo(Hex.text(hex("00" + bytes)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bothWays")
    void decodes(String what, String bytes, Node node) {
        assertThat(NodeDecoder.decode(hex("00" + bytes))).isEqualTo(node);
    }

    /** Encodings that others choose and we don't. */
    static Stream<Arguments> onlyDecoded() {
        return Stream.of(
                arguments("LIST_16 for a short list", "F9 00 01 19", Node.empty("iq")),
                arguments("BINARY_8 for a token", "F8 01 FC 02 69 71", Node.empty("iq")),
                arguments("BINARY_20 for short bytes", "F8 02 19 FD F0 00 01 07", Node.bytes("iq", hex("07"))),
                arguments("BINARY_32 for short bytes", "F8 02 19 FE 00 00 00 01 07", Node.bytes("iq", hex("07"))),
                arguments("AD_JID of a phone", "F8 03 19 11 F7 00 00 FF 02 15 55", iq(Jid.pn("1555"))),
                arguments("AD_JID of a LID's phone", "F8 03 19 11 F7 01 00 FF 02 90 01", iq(Jid.lid("9001"))),
                arguments("an unknown domain type", "F8 03 19 11 F7 07 00 FF 02 15 55", iq(Jid.pn("1555"))),
                arguments("an empty list of children", "F8 02 19 00", Node.empty("iq")),
                arguments("an empty LIST_8 of children", "F8 02 19 F8 00", Node.empty("iq")),
                arguments("an attribute without a value", "F8 03 19 08 00", Node.empty("iq")),
                arguments("an attribute with an empty value", "F8 03 19 08 FC 00", Node.empty("iq")),
                arguments("a token as content", "F8 02 19 2D", Node.text("iq", "0")),
                arguments("a dictionary token as content", "F8 02 19 EC 00", Node.text("iq", "read-self")),
                arguments("nibbles as content", "F8 02 19 FF 82 12 3F", Node.text("iq", "123")),
                arguments("hex digits as content", "F8 02 19 FB 02 3E B0", Node.text("iq", "3EB0")),
                arguments(
                        "an address as content", "F8 02 19 FA FF 02 15 55 03", Node.text("iq", "1555@s.whatsapp.net")),
                arguments("the same attribute twice", "F8 05 19 08 2D 08 14", iq("id", "result")),
                arguments("padding inside nibbles", "F8 03 19 08 FF 82 1F 2F", iq("id", "1\0002")),
                arguments("padding that nobody announced", "F8 03 19 08 FF 02 12 3F", iq("id", "123\000")),
                arguments("a pair without a server", "F8 03 19 11 FA FF 02 15 55 00", iq("to", "1555")),
                arguments("a pair with an empty server", "F8 03 19 11 FA FF 02 15 55 FC 00", iq("to", "1555")),
                arguments("a pair of nothing", "F8 03 19 11 FA 00 00", Node.empty("iq")),
                arguments("a pair of nothing as content", "F8 02 19 FA 00 00", Node.empty("iq")),
                arguments(
                        "a Messenger device at another server",
                        "F8 03 19 11 F6 FF 02 12 34 01 02 03",
                        iq(new Jid("1234", 258, Jid.MESSENGER, 0))),
                arguments(
                        "a Messenger device without a server",
                        "F8 03 19 11 F6 FF 02 12 34 01 02 00",
                        iq(new Jid("1234", 258, Jid.MESSENGER, 0))),
                arguments(
                        "another network's device, its server empty", "F8 03 19 11" + INTEROP + "00", iq(INTEROP_JID)),
                arguments("another network's device, and the end", "F8 03 19 11" + INTEROP, iq(INTEROP_JID)),
                arguments(
                        "another network's device, and a token",
                        "F8 05 19 11" + INTEROP + "08 14",
                        iq(INTEROP_JID).toBuilder().attribute("id", "result").build()),
                arguments(
                        "another network's device, and text",
                        "F8 05 19 11" + INTEROP + "FC 02 78 79 14",
                        iq(INTEROP_JID).toBuilder().attribute("xy", "result").build()),
                arguments(
                        "another network's device, and children",
                        "F8 04 19 11" + INTEROP + "F8 01 F8 01 0E",
                        iq(INTEROP_JID).toBuilder().child(Node.empty("user")).build()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("onlyDecoded")
    void decodesWhatOthersWrite(String what, String bytes, Node node) {
        assertThat(NodeDecoder.decode(hex("00" + bytes))).isEqualTo(node);
    }

    @Test
    void keepsTheOrderOfAttributes() {
        Node node = NodeDecoder.decode(hex("00 F8 07 19 11 14 08 14 04 14"));

        assertThat(node.attributes().keySet()).containsExactly("to", "id", "type");
    }

    @Test
    void readsCompressedStanzas() {
        byte[] plain = NodeEncoder.encode(Node.text("iq", "a".repeat(1000)));

        assertThat(NodeDecoder.decode(Deflated.of(plain))).isEqualTo(Node.text("iq", "a".repeat(1000)));
    }

    @Test
    void ignoresFlagsItDoesNotKnow() {
        assertThat(NodeDecoder.decode(hex("F9 F8 01 19"))).isEqualTo(Node.empty("iq"));
    }

    @Test
    void refusesToEncodeAddressesThatHaveNoEncoding() {
        assertThatThrownBy(() -> NodeEncoder.encode(iq(new Jid("1555", 256, Jid.USERS, 0))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> NodeEncoder.encode(iq(new Jid("120363", 1, Jid.GROUPS, 0))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesToEncodeListsThatAreTooLong() {
        assertThatThrownBy(() -> NodeEncoder.encode(withChildren(65_536))).isInstanceOf(IllegalArgumentException.class);
        assertThat(NodeDecoder.decode(NodeEncoder.encode(withChildren(65_535))).children())
                .hasSize(65_535);
    }

    private static Node iq(String name, String value) {
        return Node.element("iq").attribute(name, value).build();
    }

    private static Node iq(Jid to) {
        return Node.element("iq").attribute("to", to).build();
    }

    private static Node withChildren(int count) {
        Node.Builder node = Node.element("iq");
        for (int i = 0; i < count; i++) {
            node.child(Node.empty("user"));
        }
        return node.build();
    }

    private static byte[] filled(int length) {
        return "\u0007".repeat(length).getBytes(StandardCharsets.US_ASCII);
    }
}
