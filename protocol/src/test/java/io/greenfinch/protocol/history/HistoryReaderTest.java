package io.greenfinch.protocol.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import io.greenfinch.protocol.proto.Conversation;
import io.greenfinch.protocol.proto.HistorySyncMsg;
import io.greenfinch.protocol.proto.MessageKey;
import io.greenfinch.protocol.proto.PhoneNumberToLidMapping;
import io.greenfinch.protocol.proto.Pushname;
import io.greenfinch.protocol.proto.WebMessageInfo;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;

/** Parts of a history, one thing after the other (specification §31.6). */
class HistoryReaderTest {

    private static final String BOB = "15550001002@s.whatsapp.net";

    private static HistorySyncMsg message(String id, ByteString content) {
        return HistorySyncMsg.newBuilder()
                .setMessage(WebMessageInfo.newBuilder()
                        .setKey(MessageKey.newBuilder().setId(id).setRemoteJid(BOB))
                        .setMessage(content)
                        .setMessageTimestamp(1_795_400_000))
                .build();
    }

    private static HistorySyncMsg message(String id) {
        return message(id, ByteString.copyFromUtf8("\n\2Hi"));
    }

    private interface Content {
        void to(HistoryWriter writer) throws IOException;
    }

    private static byte[] written(Content content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (HistoryWriter writer = new HistoryWriter(bytes, 0, 1, 100)) {
            content.to(writer);
        }
        return bytes.toByteArray();
    }

    private static List<HistoryPart> read(HistoryReader opened) throws IOException {
        List<HistoryPart> parts = new ArrayList<>();
        try (HistoryReader reader = opened) {
            for (Optional<HistoryPart> part = reader.next(); part.isPresent(); part = reader.next()) {
                parts.add(part.get());
            }
        }
        return parts;
    }

    private static HistoryReader reader(byte[] compressed) {
        return new HistoryReader(new ByteArrayInputStream(compressed));
    }

    private static byte[] everything() throws IOException {
        return written(writer -> {
            writer.write(Conversation.newBuilder()
                    .setId(BOB)
                    .addMessages(message("B"))
                    .addMessages(message("A"))
                    .setUnreadCount(3)
                    .setName("Bob")
                    .setLidJid("900000000000002@lid")
                    .build());
            writer.write(Pushname.newBuilder().setId(BOB).setPushname("Bobby").build());
            writer.write(PhoneNumberToLidMapping.newBuilder()
                    .setPnJid(BOB)
                    .setLidJid("900000000000002@lid")
                    .build());
        });
    }

    @Test
    void everythingIsToldInItsOrder() throws IOException {
        List<HistoryPart> parts = read(reader(everything()));
        assertThat(parts).hasSize(5);
        assertThat(((HistoryPart.Told) parts.get(0)).chat()).isEqualTo(BOB);
        assertThat(((HistoryPart.Told) parts.get(0)).message().getKey().getId()).isEqualTo("B");
        assertThat(((HistoryPart.Told) parts.get(1)).message().getKey().getId()).isEqualTo("A");
        Conversation head = ((HistoryPart.Chat) parts.get(2)).head();
        assertThat(head.getName()).isEqualTo("Bob");
        assertThat(head.getLidJid()).isEqualTo("900000000000002@lid");
        assertThat(head.getMessagesList()).isEmpty();
        assertThat(parts.get(3)).isEqualTo(new HistoryPart.Name(BOB, "Bobby"));
        assertThat(parts.get(4)).isEqualTo(new HistoryPart.Alias(BOB, "900000000000002@lid"));
        assertThat(parts).allSatisfy(part -> assertThat(part.toString()).doesNotContain("Bob", "Hi"));
    }

    @Test
    void messagesCanBePassedOver() throws IOException {
        assertThat(read(HistoryReader.withoutMessages(new ByteArrayInputStream(everything()))))
                .hasSize(3)
                .noneMatch(HistoryPart.Told.class::isInstance);
    }

    @Test
    void whatCanNotBeReadHarmsNothingElse() throws IOException {
        ByteString large = ByteString.copyFrom(new byte[HistoryReader.LONGEST_MESSAGE]);
        List<HistoryPart> parts = read(reader(written(writer -> writer.write(Conversation.newBuilder()
                .setId(BOB)
                .addMessages(message("A", large))
                .addMessages(message("B"))
                .setName("x".repeat(5000))
                .build()))));
        assertThat(parts).hasSize(3);
        assertThat(parts.get(0)).isEqualTo(new HistoryPart.Unreadable());
        assertThat(((HistoryPart.Told) parts.get(1)).message().getKey().getId()).isEqualTo("B");
        assertThat(((HistoryPart.Chat) parts.get(2)).head().hasName()).isFalse();
    }

    @Test
    void whatIsNotKnownIsPassedOver() throws IOException {
        ByteArrayOutputStream chat = new ByteArrayOutputStream();
        CodedOutputStream fields = CodedOutputStream.newInstance(chat);
        fields.writeString(1, BOB);
        fields.writeFixed64(900, 7);
        fields.writeByteArray(2, new byte[] {(byte) 0xff});
        fields.writeInt32(13, 5); // a name that is a number
        fields.writeByteArray(901, new byte[50_000]);
        fields.flush();
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflated = new DeflaterOutputStream(compressed)) {
            CodedOutputStream out = CodedOutputStream.newInstance(deflated);
            out.writeFixed32(700, 1);
            out.writeByteArray(2, chat.toByteArray());
            out.writeByteArray(12, new byte[40_000]);
            out.flush();
        }
        assertThat(read(reader(compressed.toByteArray())))
                .containsExactly(
                        new HistoryPart.Unreadable(),
                        new HistoryPart.Chat(
                                Conversation.newBuilder().setId(BOB).build()));
    }

    @Test
    void whatIsCutShortIsToldUpToThere() throws IOException {
        byte[] whole = everything();
        assertThatExceptionOfType(MalformedHistoryException.class)
                .isThrownBy(() -> read(reader(Arrays.copyOf(whole, whole.length - 12))));
        assertThatExceptionOfType(MalformedHistoryException.class).isThrownBy(() -> read(reader(new byte[20])));
        assertThatExceptionOfType(MalformedHistoryException.class).isThrownBy(() -> read(reader(new byte[0])));
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(compressed)) {
            out.write(new byte[] {0x12, 30, 0x0a, 1, 'x'}); // a chat of 30 bytes that has three
        }
        assertThatExceptionOfType(MalformedHistoryException.class)
                .isThrownBy(() -> read(reader(compressed.toByteArray())));
    }

    /** Half a gigabyte of nothing is half a megabyte, compressed. */
    @Test
    void nothingGrowsBeyondItsBound() throws IOException {
        InflatedHistory inflated = new InflatedHistory(
                new ByteArrayInputStream(written(writer -> writer.write(Conversation.newBuilder()
                        .setId(BOB)
                        .addMessages(message("A", ByteString.copyFrom(new byte[100_000])))
                        .build()))),
                50_000);
        assertThatExceptionOfType(MalformedHistoryException.class)
                .isThrownBy(() -> inflated.transferTo(OutputStream.nullOutputStream()));
    }

    /** A stream that fails is no malformed history. */
    @Test
    void whatTheDiskDoesIsToldAsThat() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("no disk");
            }

            @Override
            public int read(byte[] into, int offset, int count) throws IOException {
                throw new IOException("no disk");
            }
        };
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> read(new HistoryReader(broken)))
                .withMessage("no disk");
    }
}
