package io.greenfinch.client;

import static io.greenfinch.client.SessionFixture.until;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpServer;
import io.greenfinch.client.SessionEvent.HistoryProgressed;
import io.greenfinch.client.SessionEvent.HistoryRead;
import io.greenfinch.client.history.PastMessage;
import io.greenfinch.client.history.PastName;
import io.greenfinch.client.keys.Credentials;
import io.greenfinch.client.store.StateKind;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.protocol.curve.KeyPair;
import io.greenfinch.protocol.history.HistoryWriter;
import io.greenfinch.protocol.media.MediaCipher;
import io.greenfinch.protocol.media.MediaDigest;
import io.greenfinch.protocol.media.MediaKeys;
import io.greenfinch.protocol.media.MediaKind;
import io.greenfinch.protocol.message.MessageEnvelope;
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
import io.greenfinch.protocol.signal.Encrypted;
import io.greenfinch.protocol.signal.LocalIdentity;
import io.greenfinch.protocol.signal.PreKeyBundle;
import io.greenfinch.protocol.signal.SessionCipher;
import io.greenfinch.protocol.signal.SignalSession;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The phone's history, from its messages to what a host is told (specification §22). */
@Timeout(60)
class HistoryIT {

    private static final Jid PHONE = Jid.pn("15550001001");
    private static final String BOB_LID = "900000000000002@lid";
    private static final Jid BOB = Jid.pn("15550001002");
    private static final int BOOTSTRAP = 0;
    private static final int RECENT = 3;

    private final SecureRandom random = new SecureRandom();
    private final KeyPair phone = KeyPair.generate(random);
    private final AtomicInteger asked = new AtomicInteger();
    private SessionFixture fixture;
    private HttpServer host;
    private SignalSession session;

    /** What the media host has; nothing while this is empty. */
    private volatile byte[] stored = {};

    @BeforeEach
    void begin() throws IOException {
        host = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        host.createContext("/", exchange -> {
            asked.incrementAndGet();
            byte[] file = stored;
            exchange.sendResponseHeaders(file.length == 0 ? 404 : 200, file.length == 0 ? -1 : file.length);
            exchange.getResponseBody().write(file);
            exchange.close();
        });
        host.start();
        fixture = new SessionFixture();
        fixture.server.script(request -> request.child("media_conn").isPresent()
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
        fixture.linked();
        Credentials own = Credentials.of(fixture.store
                .find(SessionFixture.INSTANCE, StateKind.CREDENTIALS, Credentials.KEY)
                .orElseThrow());
        session = SessionCipher.start(
                        SignalSession.none(),
                        new PreKeyBundle(
                                own.device().registrationId(),
                                own.device().identity().publicKey(),
                                own.device().signedPreKey().id(),
                                own.device().signedPreKey().keys().publicKey(),
                                own.device().signedPreKey().signature(),
                                Optional.empty()),
                        phone,
                        random)
                .orElseThrow();
    }

    @AfterEach
    void end() {
        fixture.close();
        host.stop(0);
    }

    /** The phone tells of a part. */
    private void tell(String id, HistorySyncNotification told) {
        Message message = Message.newBuilder()
                .setProtocolMessage(ProtocolMessage.newBuilder()
                        .setType(ProtocolMessageType.HISTORY_SYNC_NOTIFICATION)
                        .setHistorySyncNotification(told))
                .build();
        Encrypted<SignalSession> encrypted =
                SessionCipher.encrypt(session, new LocalIdentity(phone, 7), MessageEnvelope.seal(message, random));
        session = encrypted.state();
        fixture.server
                .last()
                .send(Node.element("message")
                        .attribute("from", PHONE)
                        .attribute("id", id)
                        .attribute("type", "text")
                        .attribute("category", "peer")
                        .attribute("t", fixture.clock.instant().getEpochSecond())
                        .child(Node.element("enc")
                                .attribute("v", 2)
                                .attribute("type", encrypted.message().kind().type())
                                .bytes(encrypted.message().bytes()))
                        .build());
    }

    private static HistorySyncNotification inline(int type, int progress, byte[] part) {
        return HistorySyncNotification.newBuilder()
                .setSyncType(type)
                .setProgress(progress)
                .setInitialHistBootstrapInlinePayload(ByteString.copyFrom(part))
                .build();
    }

    /** A part that is stored; the host gets it from {@code blob}. */
    private HistorySyncNotification file(byte[] part, ByteArrayOutputStream blob) throws IOException {
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

    private byte[] part(int messages) throws IOException {
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
                .setMessageTimestamp(fixture.clock.instant().getEpochSecond() - number)
                .setStatus(4)
                .build();
    }

    private <T> List<T> told(Class<T> kind) {
        return fixture.sink.events.stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    private List<PastMessage> messages() {
        return told(HistoryRead.class).stream()
                .flatMap(read -> read.messages().stream())
                .toList();
    }

    private List<String> ids() {
        return messages().stream().map(past -> past.message().id()).toList();
    }

    private int percent() {
        List<HistoryProgressed> told = told(HistoryProgressed.class);
        return told.isEmpty() ? 0 : told.getLast().percent();
    }

    private boolean nothingLeft() {
        return fixture.store.keys(SessionFixture.INSTANCE, StateKind.HISTORY).isEmpty()
                && fixture.store
                        .keys(SessionFixture.INSTANCE, StateKind.HISTORY_POSITION)
                        .isEmpty();
    }

    @Test
    void whatThePhoneHasIsToldUnderTheNamesThatItTellsLast() throws IOException {
        tell("P1", inline(BOOTSTRAP, 100, part(2)));
        until(() -> percent() == 100);

        PastMessage incoming = messages().getFirst();
        assertThat(incoming.message().chat()).isEqualTo(BOB);
        assertThat(incoming.message().sender().lid()).map(Jid::toString).hasValue(BOB_LID);
        assertThat(incoming.otherName()).map(Jid::toString).hasValue(BOB_LID);
        assertThat(incoming.message().content().orElseThrow().content().getConversation())
                .isEqualTo("text 0");
        PastMessage outgoing = messages().get(1);
        assertThat(outgoing.message().fromSelf()).isTrue();
        assertThat(outgoing.message().sender().is(PHONE)).isTrue();
        assertThat(outgoing.fate()).isEqualTo(PastMessage.Fate.READ);
        assertThat(told(HistoryRead.class).stream().flatMap(read -> read.names().stream()))
                .containsExactly(new PastName(BOB, "Bob W", false), new PastName(BOB, "Bob", true));
        assertThat(nothingLeft()).isTrue();
        assertThat(fixture.awaitStanza(node -> node.tag().equals("receipt") && node.is("id", "P1"))
                        .is("type", "hist_sync"))
                .isTrue();
    }

    @Test
    void aPartIsKeptBeforeItsMessageIsAcknowledged() throws IOException {
        CompletableFuture<Void> commit = fixture.sink.hold();
        int units = fixture.sink.units.size();
        tell("P1", inline(BOOTSTRAP, 100, part(1)));
        until(() -> fixture.sink.units.size() > units);
        assertThat(fixture.server.received()).noneMatch(StanzasScript.ack("P1"));

        fixture.sink.letPass();
        commit.complete(null);
        fixture.awaitStanza(StanzasScript.ack("P1"));
        until(() -> percent() == 100);
    }

    @Test
    void readingGoesOnWhereItWasAndNothingIsToldTwice() throws IOException {
        tell("P1", inline(RECENT, 100, part(1000)));
        until(() -> !messages().isEmpty());
        fixture.restart();
        fixture.awaitOnline();
        until(() -> percent() == 100);
        assertThat(ids())
                .hasSize(1000)
                .doesNotHaveDuplicates()
                .startsWith("H0", "H1")
                .endsWith("H999");
        assertThat(nothingLeft()).isTrue();
    }

    @Test
    void allIsToldOnlyWhenNothingIsOutstanding() throws IOException {
        tell("P1", file(part(3), new ByteArrayOutputStream()));
        until(() -> asked.get() > 0);
        tell("P2", inline(BOOTSTRAP, 100, part(1)));
        until(() -> !messages().isEmpty());
        until(() ->
                fixture.store.keys(SessionFixture.INSTANCE, StateKind.HISTORY).size() == 1);
        assertThat(percent()).isEqualTo(99);
    }

    @Test
    void whatIsNotThereIsAskedForAgainWhileEverythingElseGoesOn() throws IOException {
        ByteArrayOutputStream blob = new ByteArrayOutputStream();
        tell("P1", file(part(300), blob));
        until(() -> asked.get() >= 1);
        fixture.server.last().send(StanzasScript.receipt("R1"));
        fixture.awaitStanza(StanzasScript.ack("R1"));
        assertThat(messages()).isEmpty();

        stored = blob.toByteArray();
        until(() -> {
            fixture.timers.advance(Duration.ofSeconds(20));
            return percent() == 100;
        });
        assertThat(ids()).hasSize(300).doesNotHaveDuplicates();
    }

    @Test
    void whatIsNotThereForADayIsGivenUp() throws IOException {
        tell("P1", file(part(3), new ByteArrayOutputStream()));
        for (int i = 0; i < 5; i++) {
            int times = i;
            until(() -> {
                fixture.timers.advance(Duration.ofSeconds(20));
                return asked.get() > times;
            });
        }
        assertThat(nothingLeft()).isFalse();
        until(() -> {
            fixture.timers.advance(Duration.ofHours(1));
            return nothingLeft();
        });
        assertThat(messages()).isEmpty();
        until(() -> percent() == 100);
    }

    @Test
    void whatAHostGivesDamagedIsAskedForAgain() throws IOException {
        ByteArrayOutputStream blob = new ByteArrayOutputStream();
        stored = new byte[64];
        tell("P1", file(part(300), blob));
        until(() -> asked.get() >= 1);
        stored = blob.toByteArray();
        until(() -> {
            fixture.timers.advance(Duration.ofSeconds(20));
            return percent() == 100;
        });
        assertThat(ids()).hasSize(300).doesNotHaveDuplicates();
    }

    @Test
    void whatCanNeverBeStoredIsLeftOutAndKeepsNothingElse() throws IOException {
        fixture.sink.refuse(
                event -> event instanceof HistoryRead read && read.messages().size() > 1);
        ByteArrayOutputStream blob = new ByteArrayOutputStream();
        tell("P1", file(part(5), blob));
        until(() -> asked.get() >= 1);
        int connections = fixture.server.connections().size();
        stored = blob.toByteArray();
        until(() -> {
            fixture.timers.advance(Duration.ofSeconds(5));
            return fixture.server.connections().size() > connections;
        });
        fixture.awaitOnline();
        tell("P2", inline(RECENT, 100, part(1)));
        until(() -> {
            fixture.timers.advance(Duration.ofSeconds(5));
            return messages().size() == 1;
        });
        assertThat(nothingLeft()).isFalse();
        until(() -> {
            fixture.timers.advance(Duration.ofMinutes(1));
            return nothingLeft();
        });
        assertThat(ids()).containsExactly("H0");
        until(() -> percent() == 100);
    }

    /** What the service told of somebody's names goes before what a phone remembers. */
    @Test
    void namesThatAreKnownStay() throws IOException {
        tell("P1", inline(BOOTSTRAP, 50, part(1)));
        until(() -> percent() == 50);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (HistoryWriter writer = new HistoryWriter(bytes, RECENT, 1, 100)) {
            writer.write(PhoneNumberToLidMapping.newBuilder()
                    .setPnJid(BOB.toString())
                    .setLidJid("900000000000009@lid")
                    .build());
        }
        tell("P2", inline(RECENT, 100, bytes.toByteArray()));
        until(() -> percent() == 100);
        assertThat(fixture.store.find(SessionFixture.INSTANCE, StateKind.ALIAS, BOB.toString()))
                .map(name -> new String(name, StandardCharsets.UTF_8))
                .hasValue(BOB_LID);
        assertThat(fixture.store.find(SessionFixture.INSTANCE, StateKind.ALIAS, "900000000000009@lid"))
                .isEmpty();
    }

    @Test
    void whatIsDamagedIsToldUpToThere() throws IOException {
        byte[] whole = part(2000);
        byte[] cut = new byte[whole.length - 40];
        System.arraycopy(whole, 0, cut, 0, cut.length);
        tell("P1", inline(RECENT, 60, cut));
        until(() -> percent() == 60);
        assertThat(ids()).hasSizeBetween(500, 2000).doesNotHaveDuplicates().startsWith("H0");
        assertThat(nothingLeft()).isTrue();
    }

    @Test
    void nobodyElseCanTellUsAHistory() throws IOException {
        Message message = Message.newBuilder()
                .setProtocolMessage(ProtocolMessage.newBuilder()
                        .setType(ProtocolMessageType.HISTORY_SYNC_NOTIFICATION)
                        .setHistorySyncNotification(inline(BOOTSTRAP, 100, part(1))))
                .build();
        Encrypted<SignalSession> encrypted =
                SessionCipher.encrypt(session, new LocalIdentity(phone, 7), MessageEnvelope.seal(message, random));
        fixture.server
                .last()
                .send(Node.element("message")
                        .attribute("from", BOB)
                        .attribute("id", "E1")
                        .attribute("type", "text")
                        .attribute("category", "peer")
                        .child(Node.element("enc")
                                .attribute("v", 2)
                                .attribute("type", encrypted.message().kind().type())
                                .bytes(encrypted.message().bytes()))
                        .build());
        fixture.awaitStanza(StanzasScript.ack("E1"));
        assertThat(nothingLeft()).isTrue();
        assertThat(fixture.sink.events).noneMatch(HistoryProgressed.class::isInstance);
    }
}
