package io.greenfinch.protocol.binary;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;

class NodeDecoderFuzzTest {

    /**
     * Any bytes are a stanza or malformed; a stanza can be passed on, and reads the same at the other end; of a
     * malformed one nothing is told but what it starts with.
     */
    @FuzzTest
    void decode(byte[] frame) {
        Node node;
        try {
            node = NodeDecoder.decode(frame);
        } catch (MalformedStanzaException e) {
            e.head().ifPresent(head -> {
                assertThat(NodeDecoder.decode(NodeEncoder.encode(head))).isEqualTo(head);
                if ((frame[0] & 2) == 0) {
                    assertThat(start(frame)).isEqualTo(head);
                }
            });
            return;
        }
        assertThat(NodeDecoder.decode(NodeEncoder.encode(node))).isEqualTo(node);
        assertThat(node.toString()).isNotNull();
    }

    /** The shortest start of a frame that is a stanza once its list says that no content follows. */
    private static Node start(byte[] frame) {
        byte[] bare = frame.clone();
        int low = frame[1] == (byte) Tag.LIST_8 ? 2 : 3;
        if (frame[low] % 2 == 0 && bare[low]-- == 0) {
            bare[low - 1]--;
        }
        for (int length = low + 2; ; length++) {
            try {
                return NodeDecoder.decode(Arrays.copyOf(bare, length));
            } catch (MalformedStanzaException e) {
                assertThat(length).as("no start is a stanza").isLessThan(bare.length);
            }
        }
    }
}
