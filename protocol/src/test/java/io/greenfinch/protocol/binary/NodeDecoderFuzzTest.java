package io.greenfinch.protocol.binary;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

class NodeDecoderFuzzTest {

    /** Any bytes are a stanza or malformed; a stanza can be passed on, and reads the same at the other end. */
    @FuzzTest
    void decode(byte[] frame) {
        Node node;
        try {
            node = NodeDecoder.decode(frame);
        } catch (MalformedStanzaException e) {
            return;
        }
        assertThat(NodeDecoder.decode(NodeEncoder.encode(node))).isEqualTo(node);
        assertThat(node.toString()).isNotNull();
    }
}
