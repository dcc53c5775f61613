package io.greenfinch.protocol.binary;

import static io.greenfinch.protocol.Hex.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is told of a stanza that can't be read, so that it can be answered. */
class StanzaHeadTest {

    /** A message from 1555, id 0, up to its content. */
    private static final String OPEN = "F8 06 13 06 FA FF 02 15 55 03 08 2D";

    private static final Node HEAD = Node.element("message")
            .attribute("from", Jid.pn("1555"))
            .attribute("id", "0")
            .build();

    static Stream<Arguments> unreadableContents() {
        return Stream.of(
                arguments("nothing", ""),
                arguments("an unknown tag", "F4"),
                arguments("an unknown tag in a child", "F8 02 F8 01 0E F8 01 F4"),
                arguments("a child that doesn't come", "F8 02 F8 01 0E"),
                arguments("bytes that don't come", "FC 02 00"),
                arguments("an impossible address", "F8 01 F8 03 0E 11 FA FC 02 61 40 03"),
                arguments("too many levels", "F8 01" + " F8 02 0E F8 01".repeat(NodeDecoder.MAX_DEPTH) + " F8 01 0E"),
                arguments("something after the end", "FC 01 00 00"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unreadableContents")
    void tellsTagAndAttributesWhenTheContentIsUnreadable(String what, String content) {
        byte[] frame = hex("00" + OPEN + content);

        assertThat(headOf(frame)).contains(HEAD);
        assertThat(headOf(Deflated.of(frame))).contains(HEAD);
    }

    @ParameterizedTest
    @MethodSource("unreadableHeads")
    void tellsNothingWhenAnAttributeIsUnreadable(String frame) {
        assertThat(headOf(hex(frame))).isEmpty();
    }

    static Stream<String> unreadableHeads() {
        return Stream.of(
                "", "00", "00 F4", "00 F8 01 F4", "00 F8 05 13 08 2D 11", "00 F8 05 13 08 2D 11 F4", "02 01 02 03");
    }

    @Test
    void tellsWhatStoodBeforeACut() {
        long start = ThreadLocalRandom.current().nextLong();
        for (long seed = start; seed < start + 300; seed++) {
            Node node = new RandomNodes(seed).next();
            if (node.toString().contains(Jid.INTEROP)) {
                continue; // may be whole again when cut before such an address's server
            }
            Node head = node.toBuilder().head();
            byte[] whole = NodeEncoder.encode(node);
            int headLength = NodeEncoder.encode(head).length;
            for (int length = 0; length < whole.length; length++) {
                assertThat(headOf(Arrays.copyOf(whole, length)))
                        .as("seed %dL cut to %d bytes", seed, length)
                        .isEqualTo(length < headLength ? Optional.empty() : Optional.of(head));
            }
        }
    }

    private static Optional<Node> headOf(byte[] frame) {
        return catchThrowableOfType(MalformedStanzaException.class, () -> NodeDecoder.decode(frame))
                .head();
    }
}
