package io.greenfinch.protocol.message;

import static io.greenfinch.protocol.Hex.hex;
import static io.greenfinch.protocol.Hex.lines;
import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.proto.FutureProofMessage;
import io.greenfinch.protocol.proto.Message;
import io.greenfinch.protocol.proto.MessageContextInfo;
import io.greenfinch.protocol.signal.OwnSenderKey;
import io.greenfinch.protocol.signal.SenderKeyDistribution;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MessageEnvelopeTest {

    private static final Message HELLO =
            Message.newBuilder().setConversation("Hello").build();

    private final SecureRandom random = new SecureRandom();

    @Test
    void readsEveryKindAsOthersWriteItAndKeepsAllOfIt() throws IOException {
        for (String line : lines(MessageEnvelopeTest.class, "messages-of-other-clients.txt")) {
            List<String> named = Arrays.asList(line.split(" ", 2)[0].split("\\+"));
            byte[] bytes = hex(line.substring(line.indexOf(' ')));

            MessageEnvelope envelope = MessageEnvelope.ofPlain(bytes).orElseThrow();

            assertThat(envelope.kind().name()).isEqualTo(named.getLast());
            assertThat(envelope.wrappers().stream().map(Enum::name))
                    .as(line)
                    .containsExactlyElementsOf(named.subList(0, named.size() - 1).stream()
                            .filter(name -> !name.equals("copy"))
                            .toList());
            assertThat(envelope.copy().isPresent()).isEqualTo(named.contains("copy"));
            assertThat(Message.parseFrom(bytes).toByteArray()).as(line).hasSameSizeAs(bytes);
            assertThat(envelope.bytes()).isEqualTo(bytes);
        }
    }

    @Test
    void whatIsSealedCanBeOpened() {
        for (int i = 0; i < 100; i++) {
            byte[] sealed = MessageEnvelope.seal(HELLO, random);
            assertThat(sealed.length - HELLO.getSerializedSize()).isBetween(1, 16);

            MessageEnvelope envelope = MessageEnvelope.open(sealed).orElseThrow();

            assertThat(envelope.kind()).isEqualTo(MessageKind.TEXT);
            assertThat(envelope.content()).isEqualTo(HELLO);
        }
    }

    @Test
    void whatIsNotPaddedOrNoMessageIsNotOpened() {
        assertThat(MessageEnvelope.open(new byte[0])).isEmpty();
        assertThat(MessageEnvelope.open(new byte[] {0})).isEmpty();
        assertThat(MessageEnvelope.open(new byte[] {3, 3})).isEmpty();
        assertThat(MessageEnvelope.open(new byte[] {(byte) 0xFF, 1})).isEmpty();
        assertThat(MessageEnvelope.open(new byte[] {1}).orElseThrow().kind()).isEqualTo(MessageKind.NOTHING);
    }

    @Test
    void aCopyTellsWhereTheMessageWentAndKeepsItsSecret() {
        Message secret = HELLO.toBuilder()
                .setMessageContextInfo(MessageContextInfo.newBuilder().setDeviceListMetadataVersion(2))
                .build();

        Message copy = MessageEnvelope.copy(secret, Jid.pn("15550001002"), Optional.of("2:AAAAAAAA"));
        MessageEnvelope envelope = MessageEnvelope.ofPlain(copy.toByteArray()).orElseThrow();

        assertThat(copy.getMessageContextInfo()).isEqualTo(secret.getMessageContextInfo());
        assertThat(envelope.content()).isEqualTo(secret);
        assertThat(envelope.copy())
                .contains(new MessageEnvelope.Copy("15550001002@s.whatsapp.net", Optional.of("2:AAAAAAAA")));
    }

    @Test
    void aKeyOfAGroupComesAlongOrAlone() {
        SenderKeyDistribution key = OwnSenderKey.generate(random).distribution();
        Message alone = MessageEnvelope.groupKey(Jid.group("120363000000000001"), key);
        Message along = HELLO.toBuilder().mergeFrom(alone).build();

        MessageEnvelope first = MessageEnvelope.ofPlain(alone.toByteArray()).orElseThrow();
        MessageEnvelope second = MessageEnvelope.ofPlain(along.toByteArray()).orElseThrow();

        assertThat(first.kind()).isEqualTo(MessageKind.SENDER_KEY);
        assertThat(second.kind()).isEqualTo(MessageKind.TEXT);
        assertThat(first.senderKey())
                .contains(new MessageEnvelope.GroupKey("120363000000000001@g.us", key))
                .isEqualTo(second.senderKey());
    }

    @Test
    void wrappersInEachOtherAreTakenOffToADepth() {
        Message wrapped = HELLO;
        for (int depth = 0; depth < 8; depth++) {
            wrapped = Message.newBuilder()
                    .setEphemeralMessage(FutureProofMessage.newBuilder().setMessage(wrapped))
                    .build();
        }
        assertThat(MessageEnvelope.ofPlain(wrapped.toByteArray()).orElseThrow().kind())
                .isEqualTo(MessageKind.TEXT);

        Message deeper = Message.newBuilder()
                .setViewOnceMessage(FutureProofMessage.newBuilder().setMessage(wrapped))
                .build();
        assertThat(MessageEnvelope.ofPlain(deeper.toByteArray()).orElseThrow().kind())
                .isEqualTo(MessageKind.UNKNOWN);
    }

    @Test
    void tellsNothingOfTheContent() {
        assertThat(MessageEnvelope.ofPlain(HELLO.toByteArray()).orElseThrow()).hasToString("MessageEnvelope[TEXT]");
    }
}
