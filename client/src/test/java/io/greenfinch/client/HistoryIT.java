package io.greenfinch.client;

import static io.greenfinch.client.SessionFixture.until;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.CodedOutputStream;
import io.greenfinch.client.SessionEvent.HistoryProgressed;
import io.greenfinch.client.SessionEvent.HistoryRead;
import io.greenfinch.client.history.PastMessage;
import io.greenfinch.client.history.PastName;
import io.greenfinch.client.store.StateKind;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.history.HistoryWriter;
import io.greenfinch.protocol.proto.LidMigrationMapping;
import io.greenfinch.protocol.proto.LidMigrationMappingSyncMessage;
import io.greenfinch.protocol.proto.LidMigrationMappingSyncPayload;
import io.greenfinch.protocol.proto.PhoneNumberToLidMapping;
import io.greenfinch.protocol.proto.ProtocolMessage;
import io.greenfinch.protocol.proto.ProtocolMessageType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The phone's history, from its messages to what a host is told (specification §22). */
@Timeout(60)
class HistoryIT {

    private HistoryFixture history;

    @BeforeEach
    void begin() throws IOException {
        history = new HistoryFixture();
    }

    @AfterEach
    void end() {
        history.close();
    }

    @Test
    void whatThePhoneHasIsToldUnderTheNamesThatItTellsLast() throws IOException {
        Instant written = history.session.clock.instant();
        byte[] part = history.part(2);
        history.session.clock.advance(Duration.ofMillis(700));
        history.tell("P1", HistoryFixture.inline(HistoryFixture.BOOTSTRAP, 100, part));
        until(() -> history.percent() == 100);

        PastMessage incoming = history.messages().getFirst();
        assertThat(incoming.message().at())
                .as("in the same second, before what comes live")
                .isEqualTo(written);
        assertThat(incoming.message().chat()).isEqualTo(HistoryFixture.BOB);
        assertThat(incoming.message().sender().lid()).map(Jid::toString).hasValue(HistoryFixture.BOB_LID);
        assertThat(incoming.otherName()).map(Jid::toString).hasValue(HistoryFixture.BOB_LID);
        assertThat(incoming.message().content().orElseThrow().content().getConversation())
                .isEqualTo("text 0");
        PastMessage outgoing = history.messages().get(1);
        assertThat(outgoing.message().fromSelf()).isTrue();
        assertThat(outgoing.message().sender().is(HistoryFixture.PHONE)).isTrue();
        assertThat(outgoing.fate()).isEqualTo(PastMessage.Fate.READ);
        assertThat(history.told(HistoryRead.class).stream().flatMap(read -> read.names().stream()))
                .containsExactly(
                        new PastName(HistoryFixture.BOB, "Bob W", false),
                        new PastName(HistoryFixture.BOB, "Bob", true));
        assertThat(history.nothingLeft()).isTrue();
        assertThat(history.session
                        .awaitStanza(node -> node.tag().equals("receipt") && node.is("id", "P1"))
                        .is("type", "hist_sync"))
                .isTrue();
    }

    @Test
    void aPartIsKeptBeforeItsMessageIsAcknowledged() throws IOException {
        CompletableFuture<Void> commit = history.session.sink.hold();
        int units = history.session.sink.units.size();
        history.tell("P1", HistoryFixture.inline(HistoryFixture.BOOTSTRAP, 100, history.part(1)));
        until(() -> history.session.sink.units.size() > units);
        assertThat(history.session.server.received()).noneMatch(StanzasScript.ack("P1"));

        history.session.sink.letPass();
        commit.complete(null);
        history.session.awaitStanza(StanzasScript.ack("P1"));
        until(() -> history.percent() == 100);
    }

    @Test
    void readingGoesOnWhereItWasAndNothingIsToldTwice() throws IOException {
        history.tell("P1", HistoryFixture.inline(HistoryFixture.RECENT, 100, history.part(1000)));
        until(() -> !history.messages().isEmpty());
        history.session.restart();
        history.session.awaitOnline();
        until(() -> history.percent() == 100);
        assertThat(history.ids())
                .hasSize(1000)
                .doesNotHaveDuplicates()
                .startsWith("H0", "H1")
                .endsWith("H999");
        assertThat(history.nothingLeft()).isTrue();
    }

    @Test
    void allIsToldOnlyWhenNothingIsOutstanding() throws IOException {
        history.tell("P1", history.file(history.part(3), new ByteArrayOutputStream()));
        until(() -> history.asked.get() > 0);
        history.tell("P2", HistoryFixture.inline(HistoryFixture.BOOTSTRAP, 100, history.part(1)));
        until(() -> !history.messages().isEmpty());
        until(() -> history.session
                        .store
                        .keys(SessionFixture.INSTANCE, StateKind.HISTORY)
                        .size()
                == 1);
        assertThat(history.percent()).isEqualTo(99);
    }

    @Test
    void namesThatAreKnownStay() throws IOException {
        history.tell("P1", HistoryFixture.inline(HistoryFixture.BOOTSTRAP, 50, history.part(1)));
        until(() -> history.percent() == 50);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (HistoryWriter writer = new HistoryWriter(bytes, HistoryFixture.RECENT, 1, 100)) {
            writer.write(PhoneNumberToLidMapping.newBuilder()
                    .setPnJid(HistoryFixture.BOB.toString())
                    .setLidJid("900000000000009@lid")
                    .build());
        }
        history.tell("P2", HistoryFixture.inline(HistoryFixture.RECENT, 100, bytes.toByteArray()));
        until(() -> history.percent() == 100);
        assertThat(history.session.store.find(SessionFixture.INSTANCE, StateKind.ALIAS, HistoryFixture.BOB.toString()))
                .map(name -> new String(name, StandardCharsets.UTF_8))
                .hasValue(HistoryFixture.BOB_LID);
        assertThat(history.session.store.find(SessionFixture.INSTANCE, StateKind.ALIAS, "900000000000009@lid"))
                .isEmpty();
    }

    @Test
    void whatComesWithinItsMessageMayBeSeveralMegabytes() throws IOException {
        byte[] part = history.part(1);
        // What is no part of any history in it is passed over.
        ByteArrayOutputStream padded = new ByteArrayOutputStream();
        try (DeflaterOutputStream zlib = new DeflaterOutputStream(padded, new Deflater(Deflater.NO_COMPRESSION))) {
            try (InflaterInputStream plain = new InflaterInputStream(new ByteArrayInputStream(part))) {
                plain.transferTo(zlib);
            }
            CodedOutputStream unknown = CodedOutputStream.newInstance(zlib);
            unknown.writeByteArray(9999, new byte[3 << 20]);
            unknown.flush();
        }
        assertThat(padded.size()).isGreaterThan(3 << 20);
        history.tell("P1", HistoryFixture.inline(HistoryFixture.BOOTSTRAP, 100, padded.toByteArray()));
        until(() -> history.percent() == 100);
        assertThat(history.ids()).containsExactly("H0");
    }

    @Test
    void thePhoneTellsTheNamesOfThoseItKnows() {
        LidMigrationMappingSyncPayload people = LidMigrationMappingSyncPayload.newBuilder()
                .addPnToLidMappings(mapping(15_550_001_002L, 900_000_000_000_002L))
                .addPnToLidMappings(
                        mapping(15_550_001_003L, 900_000_000_000_003L).setLatestLid(900_000_000_000_033L))
                .build();
        history.session
                .server
                .last()
                .send(history.message(
                                HistoryFixture.PHONE,
                                "L1",
                                ProtocolMessage.newBuilder()
                                        .setType(ProtocolMessageType.LID_MIGRATION_MAPPING_SYNC)
                                        .setLidMigrationMappingSyncMessage(LidMigrationMappingSyncMessage.newBuilder()
                                                .setEncodedMappingPayload(people.toByteString())))
                        .attribute("category", "peer")
                        .build());
        history.session.awaitStanza(StanzasScript.ack("L1"));
        assertThat(otherName("15550001002@s.whatsapp.net")).hasValue("900000000000002@lid");
        assertThat(otherName("900000000000002@lid")).hasValue("15550001002@s.whatsapp.net");
        assertThat(otherName("15550001003@s.whatsapp.net")).hasValue("900000000000033@lid");
    }

    private static LidMigrationMapping.Builder mapping(long number, long lid) {
        return LidMigrationMapping.newBuilder().setPn(number).setAssignedLid(lid);
    }

    private Optional<String> otherName(String name) {
        return history.session
                .store
                .find(SessionFixture.INSTANCE, StateKind.ALIAS, name)
                .map(stored -> new String(stored, StandardCharsets.UTF_8));
    }

    @Test
    void nobodyElseCanTellUsAHistory() throws IOException {
        history.session
                .server
                .last()
                .send(history.message(
                                HistoryFixture.BOB,
                                "E1",
                                HistoryFixture.inline(HistoryFixture.BOOTSTRAP, 100, history.part(1)))
                        .build());
        history.session.awaitStanza(StanzasScript.ack("E1"));
        assertThat(history.nothingLeft()).isTrue();
        assertThat(history.session.sink.events).noneMatch(HistoryProgressed.class::isInstance);
    }
}
