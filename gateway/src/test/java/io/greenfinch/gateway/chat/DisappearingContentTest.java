package io.greenfinch.gateway.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.greenfinch.protocol.message.MessageEnvelope;
import io.greenfinch.protocol.message.PollContent;
import io.greenfinch.protocol.proto.ContextInfo;
import io.greenfinch.protocol.proto.DocumentMessage;
import io.greenfinch.protocol.proto.FutureProofMessage;
import io.greenfinch.protocol.proto.Message;
import io.greenfinch.protocol.proto.MessageContextInfo;
import io.greenfinch.protocol.proto.PollCreationMessage;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DisappearingContentTest {

    private static final int DAY = 86_400;
    private static final Instant SINCE = Instant.ofEpochSecond(1_790_000_000);
    private static final PollCreationMessage POLL =
            PollCreationMessage.newBuilder().setName("Where to?").build();

    private static Message timed(Message message) {
        return MessageWriting.disappearing(message, DAY, Optional.of(SINCE));
    }

    private static void assertTimed(ContextInfo context) {
        assertThat(context.getExpiration()).isEqualTo(DAY);
        assertThat(context.getEphemeralSettingTimestamp()).isEqualTo(SINCE.getEpochSecond());
    }

    @Test
    void aDocumentKeepsItsWrapper() {
        DocumentMessage document =
                DocumentMessage.newBuilder().setCaption("See page 3").build();
        Message wrapped = Message.newBuilder()
                .setDocumentWithCaptionMessage(FutureProofMessage.newBuilder()
                        .setMessage(Message.newBuilder().setDocumentMessage(document)))
                .build();

        Message inside = timed(wrapped).getDocumentWithCaptionMessage().getMessage();

        assertThat(inside.getDocumentMessage().getCaption()).isEqualTo("See page 3");
        assertTimed(inside.getDocumentMessage().getContextInfo());
    }

    static Stream<BiConsumer<Message.Builder, PollCreationMessage>> forms() {
        return Stream.of(
                Message.Builder::setPollCreationMessage,
                Message.Builder::setPollCreationMessageV2,
                Message.Builder::setPollCreationMessageV3,
                Message.Builder::setPollCreationMessageV5);
    }

    @ParameterizedTest
    @MethodSource("forms")
    void aPollKeepsItsFormAndItsSecret(BiConsumer<Message.Builder, PollCreationMessage> form) {
        Message.Builder plain = Message.newBuilder()
                .setMessageContextInfo(
                        MessageContextInfo.newBuilder().setMessageSecret(ByteString.copyFrom(new byte[32])));
        Message.Builder expected = plain.clone();
        form.accept(plain, POLL);

        Message timed = timed(plain.build());

        PollCreationMessage poll = PollContent.of(timed);
        assertTimed(poll.getContextInfo());
        form.accept(expected, poll);
        assertThat(timed).isEqualTo(expected.build());
        assertThat(poll.getName()).isEqualTo("Where to?");
    }

    @Test
    void aTextIsStillReadAsOne() {
        Message timed = timed(Message.newBuilder().setConversation("Soon gone").build());

        assertThat(MessageEnvelope.ofPlain(timed.toByteArray()).orElseThrow().kind())
                .hasToString("EXTENDED_TEXT");
        assertThat(timed.getExtendedTextMessage().getText()).isEqualTo("Soon gone");
        assertTimed(timed.getExtendedTextMessage().getContextInfo());
    }
}
