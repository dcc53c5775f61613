package io.greenfinch.client;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpServer;
import io.greenfinch.client.SessionEvent.HistoryProgressed;
import io.greenfinch.client.SessionEvent.HistoryRead;
import io.greenfinch.client.history.PastMessage;
import io.greenfinch.client.store.StateKind;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.protocol.history.HistoryWriter;
import io.greenfinch.protocol.media.MediaCipher;
import io.greenfinch.protocol.media.MediaDigest;
import io.greenfinch.protocol.media.MediaKeys;
import io.greenfinch.protocol.media.MediaKind;
import io.greenfinch.protocol.proto.Conversation;
import io.greenfinch.protocol.proto.HistorySyncMsg;
import io.greenfinch.protocol.proto.HistorySyncNotification;
import io.greenfinch.protocol.proto.Message;
import io.greenfinch.protocol.proto.MessageKey;
import io.greenfinch.protocol.proto.PhoneNumberToLidMapping;
import io.greenfinch.protocol.proto.ProtocolMessage;
import io.greenfinch.protocol.proto.ProtocolMessageType;
import io.greenfinch.protocol.proto.Pushname;
import io.greenfinch.protocol.proto.WebMessageInfo;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A session whose phone tells it a history, in messages and by a host of files. */
final class HistoryFixture implements AutoCloseable {

    static final Jid PHONE = Jid.pn("15550001001");
    static final String BOB_LID = "900000000000002@lid";
    static final Jid BOB = Jid.pn("15550001002");
    static final int BOOTSTRAP = 0;
    static final int RECENT = 3;

    private final SecureRandom random = new SecureRandom();
    private final FakeDevice phone = new FakeDevice(PHONE);
    final AtomicInteger asked = new AtomicInteger();
    final SessionFixture session = new SessionFixture();
    private final HttpServer host;

    /** What the media host has; nothing while this is empty. */
    volatile byte[] stored = {};

    HistoryFixture() throws IOException {
        host = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        host.createContext("/", exchange -> {
            asked.incrementAndGet();
            byte[] file = stored;
            exchange.sendResponseHeaders(file.length == 0 ? 404 : 200, file.length == 0 ? -1 : file.length);
            exchange.getResponseBody().write(file);
            exchange.close();
        });
        host.start();
        session.server.script(request -> request.child("media_conn").isPresent()
                ? List.of(FakeConnection.result(request)
                        .child(Node.element("media_conn")
                                .attribute("auth", "a")
                                .attribute("ttl", 3600)
                                .attribute("auth_ttl", 21_600)
                                .attribute("max_buckets", 12)
                                .child(Node.element("host")
                                        .attribute(
                                                "hostname",
                                                "127.0.0.1:" + host.getAddress().getPort())))
                        .build())
                : FakeServer.PASS);
        session.linked();
        phone.start(session);
    }

    @Override
    public void close() {
        session.close();
        host.stop(0);
    }

    /** The phone tells of a part. */
    void tell(String id, HistorySyncNotification told) {
        session.server
                .last()
                .send(message(PHONE, id, told)
                        .attribute("category", "peer")
                        .attribute("t", session.clock.instant().getEpochSecond())
                        .build());
    }

    /** A message that tells of a part. */
    Node.Builder message(Jid from, String id, HistorySyncNotification told) {
        return message(
                from,
                id,
                ProtocolMessage.newBuilder()
                        .setType(ProtocolMessageType.HISTORY_SYNC_NOTIFICATION)
                        .setHistorySyncNotification(told));
    }

    /** A message that tells a device something, and nothing to be shown. */
    Node.Builder message(Jid from, String id, ProtocolMessage.Builder told) {
        return Node.element("message")
                .attribute("from", from)
                .attribute("id", id)
                .attribute("type", "text")
                .child(phone.enc(Message.newBuilder().setProtocolMessage(told).build()));
    }

    static HistorySyncNotification inline(int type, int progress, byte[] part) {
        return HistorySyncNotification.newBuilder()
                .setSyncType(type)
                .setProgress(progress)
                .setInitialHistBootstrapInlinePayload(ByteString.copyFrom(part))
                .build();
    }

    /** A part that is stored; the host gets it from {@code blob}. */
    HistorySyncNotification file(byte[] part, ByteArrayOutputStream blob) throws IOException {
        byte[] key = MediaKeys.generate(random);
        MediaDigest digest =
                MediaCipher.encrypt(MediaKeys.derive(key, MediaKind.HISTORY), new ByteArrayInputStream(part), blob);
        return HistorySyncNotification.newBuilder()
                .setSyncType(RECENT)
                .setProgress(100)
                .setDirectPath("/v/1?a=1")
                .setMediaKey(ByteString.copyFrom(key))
                .setFileSha256(ByteString.copyFrom(digest.sha256()))
                .setFileEncSha256(ByteString.copyFrom(digest.encryptedSha256()))
                .setFileLength(part.length)
                .build();
    }

    byte[] part(int messages) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (HistoryWriter writer = new HistoryWriter(bytes, BOOTSTRAP, 1, 100)) {
            Conversation.Builder chat = Conversation.newBuilder().setId(BOB_LID).setName("Bob W");
            for (int i = 0; i < messages; i++) {
                chat.addMessages(HistorySyncMsg.newBuilder().setMessage(message(i)));
            }
            writer.write(chat.build());
            writer.write(Pushname.newBuilder().setId(BOB_LID).setPushname("Bob").build());
            writer.write(PhoneNumberToLidMapping.newBuilder()
                    .setPnJid(BOB.toString())
                    .setLidJid(BOB_LID)
                    .build());
        }
        return bytes.toByteArray();
    }

    private WebMessageInfo message(int number) {
        return WebMessageInfo.newBuilder()
                .setKey(MessageKey.newBuilder()
                        .setRemoteJid(BOB_LID)
                        .setFromMe(number % 2 == 1)
                        .setId("H" + number))
                .setMessage(Message.newBuilder()
                        .setConversation("text " + number)
                        .build()
                        .toByteString())
                .setMessageTimestamp(session.clock.instant().getEpochSecond() - number)
                .setStatus(4)
                .build();
    }

    <T> List<T> told(Class<T> kind) {
        return session.sink.events.stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    List<PastMessage> messages() {
        return told(HistoryRead.class).stream()
                .flatMap(read -> read.messages().stream())
                .toList();
    }

    List<String> ids() {
        return messages().stream().map(past -> past.message().id()).toList();
    }

    int percent() {
        List<HistoryProgressed> told = told(HistoryProgressed.class);
        return told.isEmpty() ? 0 : told.getLast().percent();
    }

    boolean nothingLeft() {
        return session.store.keys(SessionFixture.INSTANCE, StateKind.HISTORY).isEmpty()
                && session.store
                        .keys(SessionFixture.INSTANCE, StateKind.HISTORY_POSITION)
                        .isEmpty();
    }
}
