package io.greenfinch.protocol.binary;

import static io.greenfinch.protocol.Hex.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How much memory a stanza may take, beside what it took on the wire. */
class DecodingBudgetTest {

    private static final int MIB = 1 << 20;

    /** Twenty bytes, and 370 bytes of objects: nothing in it is a token that could be shared. */
    private static final byte[] DENSE = hex("F8 04 FC 01 61 FC 01 62 FA FF 04 12 34 56 78 FC 01 63 FC 00");

    /** 46 KB on the wire that were 335 MiB of live objects before there was a budget. */
    @Test
    void refusesAFewKilobytesThatWouldFillTheMemory() {
        byte[] bomb = Deflated.of(lists(DENSE, 19, 50_000));
        assertThat(bomb).hasSizeLessThan(68 << 10);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();

        MalformedStanzaException refusal =
                catchThrowableOfType(MalformedStanzaException.class, () -> NodeDecoder.decode(bomb));

        // Garbage included, which the compiler avoids or not.
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(500L * MIB);
        assertThat(refusal).hasMessageContaining("more memory");
        assertThat(refusal.head())
                .contains(Node.element("iq").attribute("id", "0").build());
    }

    @Test
    void noStanzaTakesMoreThanAQuarterOfTheHeap() {
        DecodingBudget budget = new DecodingBudget(68 << 10, 256L * MIB);
        budget.bytes(63 * MIB);

        assertThat(catchThrowableOfType(MalformedStanzaException.class, () -> budget.bytes(MIB)))
                .hasMessageContaining("more memory than " + 64 * MIB);
    }

    @Test
    void refusesTooManyElements() {
        byte[] bomb = Deflated.of(lists(hex("F8 01 0E"), 100, 65_535));

        assertThat(catchThrowableOfType(MalformedStanzaException.class, () -> NodeDecoder.decode(bomb)))
                .hasMessageContaining("more memory");
    }

    @Test
    void refusesTooManyAttributes() {
        byte[] bomb = Deflated.of(lists(hex("F8 C9 0E" + " 08 2D".repeat(100)), 1, 60_000));

        assertThat(catchThrowableOfType(MalformedStanzaException.class, () -> NodeDecoder.decode(bomb)))
                .hasMessageContaining("more memory");
    }

    @Test
    void refusesTooManyTokensThatBecomeBytes() {
        byte[] bomb = Deflated.of(lists(hex("F8 02 0E 86"), 50, 65_535));

        assertThat(catchThrowableOfType(MalformedStanzaException.class, () -> NodeDecoder.decode(bomb)))
                .hasMessageContaining("more memory");
    }

    @Test
    void takesTheLargestFrameOfGroupMembers() {
        byte[] frame = NodeEncoder.encode(groups(1_000, 410));
        assertThat(frame).hasSizeBetween(15 * MIB, 16 * MIB);

        assertThat(NodeDecoder.decode(frame).children()).hasSize(1_000);
    }

    /** The same people in many groups are next to nothing on the wire when compressed. */
    @Test
    void takesManyGroupsOfTheSamePeopleCompressed() {
        byte[] frame = Deflated.of(NodeEncoder.encode(groups(1_000, 250)));
        assertThat(frame).hasSizeLessThan(MIB);

        assertThat(NodeDecoder.decode(frame).children()).hasSize(1_000);
    }

    @Test
    void takesTheLargestFrameOfBytesAndOfText() {
        int length = 16 * MIB - 16;

        assertThat(NodeDecoder.decode(NodeEncoder.encode(Node.bytes("iq", new byte[length])))
                        .content())
                .hasSize(length);
        Node text = Node.element("iq").attribute("id", "é".repeat(length / 2)).build();
        assertThat(NodeDecoder.decode(NodeEncoder.encode(text))).isEqualTo(text);
    }

    /** An {@code <iq id="0">} of lists, all with the same elements inside. */
    private static byte[] lists(byte[] element, int lists, int elements) {
        ByteSink frame = new ByteSink();
        frame.write(hex("00 F8 04 19 08 2D F9"));
        frame.write(lists >> 8);
        frame.write(lists);
        for (int i = 0; i < lists; i++) {
            frame.write(hex("F8 02 0E F9"));
            frame.write(elements >> 8);
            frame.write(elements);
            for (int j = 0; j < elements; j++) {
                frame.write(element);
            }
        }
        return frame.toByteArray();
    }

    private static Node groups(int count, int members) {
        List<Node> participants = new ArrayList<>();
        for (int i = 0; i < members; i++) {
            participants.add(Node.element("participant")
                    .attribute("jid", Jid.lid(Long.toString(900_000_000_000_000L + i * 7_919L)))
                    .attribute("phone_number", Jid.pn(Long.toString(15_550_001_000L + i * 104_729L)))
                    .build());
        }
        Node.Builder groups = Node.element("groups");
        for (int i = 0; i < count; i++) {
            groups.child(Node.element("group")
                    .attribute("id", Long.toString(120_363_000_000_000_000L + i))
                    .children(participants));
        }
        return groups.build();
    }
}
