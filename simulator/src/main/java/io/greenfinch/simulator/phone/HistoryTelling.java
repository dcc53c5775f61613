package io.greenfinch.simulator.phone;

import com.google.protobuf.ByteString;
import io.greenfinch.protocol.history.HistoryWriter;
import io.greenfinch.protocol.media.MediaCipher;
import io.greenfinch.protocol.media.MediaDigest;
import io.greenfinch.protocol.media.MediaKeys;
import io.greenfinch.protocol.media.MediaKind;
import io.greenfinch.protocol.proto.Conversation;
import io.greenfinch.protocol.proto.HistorySyncMsg;
import io.greenfinch.protocol.proto.HistorySyncNotification;
import io.greenfinch.protocol.proto.PhoneNumberToLidMapping;
import io.greenfinch.protocol.proto.ProtocolMessage;
import io.greenfinch.protocol.proto.ProtocolMessageType;
import io.greenfinch.protocol.proto.Pushname;
import io.greenfinch.simulator.account.Companion;
import io.greenfinch.simulator.account.SimulatedAccount;
import io.greenfinch.simulator.media.MediaHost;
import io.greenfinch.simulator.world.World;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How a phone tells a new companion its history (specification §22): first all chats with the newest of their messages, then the names of
 * people, then the rest of the messages, part by part. Small parts come in the message that tells of them, others are stored as
 * files.
 */
final class HistoryTelling {

    private static final int INITIAL_BOOTSTRAP = 0;
    private static final int RECENT = 3;
    private static final int PUSH_NAME = 4;
    private static final int ALL = 100;

    /** What the first part tells of each chat. */
    private static final int NEWEST = 10;

    /** How much is told with the first part where more comes. */
    private static final int BEGUN = 10;

    private static final int LONGEST_INLINE = 128 * 1024;

    private final World world;
    private final MediaHost media;
    private final Speech speech;

    /** Tells a companion something. */
    interface Speech {
        void tell(PhoneState me, Companion companion, ProtocolMessage.Builder what);
    }

    /** @param speech how it is told; under the world's lock */
    HistoryTelling(World world, MediaHost media, Speech speech) {
        this.world = world;
        this.media = media;
        this.speech = speech;
    }

    /** A stretch of a made-up chat. */
    private record Stretch(int chat, int from, int to) {}

    private interface Content {
        void to(HistoryWriter writer) throws IOException;
    }

    /** Tells all of it. Under the world's lock; what takes long is done when that is free. */
    void tell(PhoneState me, Companion companion) {
        List<Conversation> chats = PhoneHistory.of(me);
        Optional<SyntheticHistory> synthetic = me.synthetic();
        List<Conversation> rest = rest(chats);
        List<List<Stretch>> parts = synthetic.map(HistoryTelling::stretches).orElse(List.of());
        int more = parts.size() + (rest.isEmpty() ? 0 : 1);
        Set<SimulatedAccount> people = world.correspondents(me.owner());
        part(me, companion, INITIAL_BOOTSTRAP, 1, more == 0 ? ALL : BEGUN, writer -> {
            for (Conversation chat : chats) {
                writer.write(chat.toBuilder()
                        .clearMessages()
                        .addAllMessages(newest(chat))
                        .build());
            }
            if (synthetic.isPresent()) {
                writeHeads(writer, synthetic.get());
            }
            for (Conversation chat : chats) {
                if (chat.hasPnJid()) {
                    writer.write(mapping(chat.getPnJid(), chat.getLidJid()));
                }
            }
        });
        part(me, companion, PUSH_NAME, 1, ALL, writer -> {
            for (SimulatedAccount account : people) {
                if (account.pushName().isPresent()) {
                    writer.write(
                            name(account.pn().toString(), account.pushName().get()));
                }
            }
            if (synthetic.isPresent()) {
                for (int chat = 0; chat < synthetic.get().chats(); chat++) {
                    writer.write(name(synthetic.get().pn(chat), synthetic.get().name(chat)));
                }
            }
        });
        if (!rest.isEmpty()) {
            part(me, companion, RECENT, 2, progress(1, more), writer -> {
                for (Conversation chat : rest) {
                    writer.write(chat);
                }
            });
        }
        if (!parts.isEmpty()) {
            int before = more - parts.size();
            world.afterwards(() -> tellRest(me, companion, synthetic.orElseThrow(), parts, before));
        }
    }

    private void tellRest(
            PhoneState me, Companion companion, SyntheticHistory history, List<List<Stretch>> parts, int before) {
        for (int i = 0; i < parts.size(); i++) {
            List<Stretch> stretches = parts.get(i);
            int progress = progress(before + i + 1, before + parts.size());
            ProtocolMessage.Builder told = notification(RECENT, before + i + 2, progress, writer -> {
                for (Stretch stretch : stretches) {
                    writer.write(history.conversation(stretch.chat(), stretch.from(), stretch.to()));
                }
            });
            world.change(() -> {
                if (me.owner().companions().contains(companion)) {
                    speech.tell(me, companion, told);
                }
                return true;
            });
        }
    }

    private static int progress(int told, int all) {
        return BEGUN + (ALL - BEGUN) * told / all;
    }

    private static List<HistorySyncMsg> newest(Conversation chat) {
        return chat.getMessagesList().subList(0, Math.min(NEWEST, chat.getMessagesCount()));
    }

    private static List<Conversation> rest(List<Conversation> chats) {
        return chats.stream()
                .filter(chat -> chat.getMessagesCount() > NEWEST)
                .map(chat -> chat.toBuilder()
                        .clearMessages()
                        .addAllMessages(chat.getMessagesList().subList(NEWEST, chat.getMessagesCount()))
                        .build())
                .toList();
    }

    private static void writeHeads(HistoryWriter writer, SyntheticHistory history) throws IOException {
        for (int chat = 0; chat < history.chats(); chat++) {
            writer.write(history.conversation(chat, 0, Math.min(NEWEST, history.messages())));
        }
        for (int chat = 0; chat < history.chats(); chat++) {
            writer.write(mapping(history.pn(chat), history.lid(chat)));
        }
    }

    /** What the first part leaves, in parts of their size. */
    private static List<List<Stretch>> stretches(SyntheticHistory history) {
        List<List<Stretch>> parts = new ArrayList<>();
        List<Stretch> part = new ArrayList<>();
        int size = 0;
        int chunk = history.chunk();
        for (int chat = 0; chat < history.chats(); chat++) {
            for (int from = NEWEST; from < history.messages(); ) {
                int to = Math.min(history.messages(), from + chunk - size);
                part.add(new Stretch(chat, from, to));
                size += to - from;
                from = to;
                if (size >= chunk) {
                    parts.add(List.copyOf(part));
                    part.clear();
                    size = 0;
                }
            }
        }
        if (!part.isEmpty()) {
            parts.add(part);
        }
        return parts;
    }

    private static PhoneNumberToLidMapping mapping(String pn, String lid) {
        return PhoneNumberToLidMapping.newBuilder().setPnJid(pn).setLidJid(lid).build();
    }

    private static Pushname name(String person, String name) {
        return Pushname.newBuilder().setId(person).setPushname(name).build();
    }

    private void part(PhoneState me, Companion companion, int type, int order, int progress, Content content) {
        speech.tell(me, companion, notification(type, order, progress, content));
    }

    private ProtocolMessage.Builder notification(int type, int order, int progress, Content content) {
        HistorySyncNotification.Builder told = HistorySyncNotification.newBuilder()
                .setSyncType(type)
                .setChunkOrder(order)
                .setProgress(progress);
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (HistoryWriter writer = new HistoryWriter(bytes, type, order, progress)) {
                content.to(writer);
            }
            if (bytes.size() <= LONGEST_INLINE) {
                told.setInitialHistBootstrapInlinePayload(ByteString.copyFrom(bytes.toByteArray()));
            } else {
                store(bytes.toByteArray(), told);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a history can't be written", e);
        }
        return ProtocolMessage.newBuilder()
                .setType(ProtocolMessageType.HISTORY_SYNC_NOTIFICATION)
                .setHistorySyncNotification(told);
    }

    private void store(byte[] part, HistorySyncNotification.Builder told) throws IOException {
        byte[] mediaKey = MediaKeys.generate(world.random());
        ByteArrayOutputStream blob = new ByteArrayOutputStream(part.length + 64);
        MediaDigest digest = MediaCipher.encrypt(
                MediaKeys.derive(mediaKey, MediaKind.HISTORY), new ByteArrayInputStream(part), blob);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(digest.encryptedSha256());
        if (!(media.store(token, new ByteArrayInputStream(blob.toByteArray()))
                instanceof MediaHost.Outcome.Stored(String path))) {
            throw new IOException("there is no room for it");
        }
        told.setDirectPath(path)
                .setMediaKey(ByteString.copyFrom(mediaKey))
                .setFileSha256(ByteString.copyFrom(digest.sha256()))
                .setFileEncSha256(ByteString.copyFrom(digest.encryptedSha256()))
                .setFileLength(digest.length());
    }
}
