package io.greenfinch.gateway.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.greenfinch.protocol.message.MessageEnvelope;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;

class MessageReadingFuzzTest {

    /** Whatever somebody sends is told in some way, and what was stored of it is read again. */
    @FuzzTest
    void of(byte[] bytes) {
        MessageEnvelope.ofPlain(bytes).ifPresent(message -> {
            MessageContent content = MessageReading.of(Optional.of(message), "1@c.us");
            assertThat(content.messageData().path("typeMessage").asString("")).isEqualTo(content.typeMessage());
            content.writeTo(JsonNodeFactory.instance.objectNode());
            content.quoted();
            assertThat(MessageContent.ofStored(content.stored())
                            .map(MessageContent::messageData)
                            .map(Object::toString))
                    .hasValue(content.messageData().toString());
            Forwarding.of(message);
        });
    }
}
