package io.greenfinch.protocol.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

class MessageFuzzTest {

    /** Any bytes are a message or none; one can be stored as it came, and reads the same again. */
    @FuzzTest
    void open(byte[] padded) {
        MessageEnvelope.open(padded).ifPresent(envelope -> {
            MessageEnvelope again = MessageEnvelope.ofPlain(envelope.bytes()).orElseThrow();
            assertThat(again.kind()).isEqualTo(envelope.kind());
            assertThat(again.content()).isEqualTo(envelope.content());
            assertThat(again.wrappers()).isEqualTo(envelope.wrappers());
        });
    }
}
