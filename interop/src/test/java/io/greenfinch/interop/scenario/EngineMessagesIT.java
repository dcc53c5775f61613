package io.greenfinch.interop.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.greenfinch.client.SessionEvent;
import io.greenfinch.client.message.ChatMessage;
import io.greenfinch.client.message.ReceiptKind;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Refusal;
import io.greenfinch.client.store.StateKind;
import io.greenfinch.interop.peer.PeerEvent.Message;
import io.greenfinch.interop.peer.PeerEvent.Receipt;
import io.greenfinch.interop.peer.PeerKind;
import io.greenfinch.interop.service.Engine;
import io.greenfinch.interop.service.Person;
import io.greenfinch.interop.service.SimulatorAdmin;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.simulator.Simulator;
import io.greenfinch.simulator.SimulatorSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Our engine, Baileys, whatsmeow and simulated phones write to each other (specification §14, §15). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@NeedsPeers
class EngineMessagesIT {

    private static final String SCENARIOS = "io.greenfinch.interop.scenario.Casting#clientsAndModes";
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private Simulator simulator;
    private SimulatorAdmin admin;
    private Cast cast;
    private Person anna;
    private Person simon;
    private Engine engine;
    private Engine second;

    @BeforeAll
    void link() {
        simulator = Simulator.start(SimulatorSettings.defaults());
        admin = new SimulatorAdmin(simulator.adminUrl());
        anna = admin.create("Anna");
        simon = admin.create("Simon");
        engine = Engine.link(simulator, admin, "Anna");
        second = Engine.link(simulator, admin, "Anna");
        cast = Cast.link(admin);
    }

    @AfterAll
    void stop() {
        cast.close();
        engine.close();
        second.close();
        simulator.close();
    }

    private static Jid jid(String text) {
        return Jid.parse(text).orElseThrow();
    }

    private static Message awaitText(Actor reader, String text) {
        return reader.peer().await(Message.class, event -> event.text().equals(text));
    }

    private void awaitSeen(String person, String text) {
        await("%s's phone shows %s".formatted(person, text)).atMost(DEADLINE).until(() -> admin.sees(person, text));
    }

    private void awaitReceipt(String id, ReceiptKind kind) {
        engine.awaitEvent(
                event -> event instanceof SessionEvent.ReceiptReceived receipt
                        && receipt.kind() == kind
                        && receipt.ids().contains(id),
                "receipt %s of %s".formatted(kind, id));
    }

    @Test
    void talksToAPhone() {
        String id = engine.send(jid(simon.pn()), "hello Simon");
        awaitSeen("Simon", "hello Simon");
        awaitSeen("Anna", "hello Simon");
        awaitReceipt(id, ReceiptKind.DELIVERED);
        ChatMessage copy = second.awaitText("hello Simon");
        assertThat(copy.id()).isEqualTo(id);
        assertThat(copy.fromSelf()).isTrue();
        assertThat(copy.chat()).isEqualTo(jid(simon.pn()));

        admin.onPhone("Simon", Map.of("read", id));
        awaitReceipt(id, ReceiptKind.READ);

        String answer = admin.onPhone("Simon", Map.of("to", anna.phone(), "text", "hello Anna", "quote", id));
        ChatMessage message = engine.awaitText("hello Anna");
        assertThat(message.id()).isEqualTo(answer);
        assertThat(message.fromSelf()).isFalse();
        assertThat(message.chat()).isEqualTo(jid(simon.pn()));
        assertThat(message.sender().pn()).hasValue(jid(simon.pn()));
        assertThat(message.content()
                        .orElseThrow()
                        .content()
                        .getExtendedTextMessage()
                        .getContextInfo()
                        .getStanzaId())
                .isEqualTo(id);
        assertThat(second.awaitText("hello Anna").id()).isEqualTo(answer);
    }

    @Test
    void isToldWhatOurOwnPhoneWrites() {
        String id = admin.write("Anna", simon.phone(), "from Anna's phone");

        ChatMessage copy = engine.awaitText("from Anna's phone");

        assertThat(copy.id()).isEqualTo(id);
        assertThat(copy.fromSelf()).isTrue();
        assertThat(copy.chat()).isEqualTo(jid(simon.pn()));
    }

    @ParameterizedTest
    @EnumSource
    void talksToEitherClient(PeerKind kind) {
        Actor actor = cast.first(kind);
        String hello = "hello %s".formatted(kind);
        String id = engine.send(jid(actor.person().pn()), hello);
        Message message = awaitText(actor, hello);
        assertThat(message.id()).isEqualTo(id);
        assertThat(anna.isNamed(message.sender())).isTrue();
        awaitReceipt(id, ReceiptKind.DELIVERED);

        String answer = "hello engine, says %s".formatted(kind);
        String answered = actor.peer().sendText(anna.pn(), answer);
        ChatMessage received = engine.awaitText(answer);
        assertThat(received.id()).isEqualTo(answered);
        assertThat(received.chat()).isEqualTo(jid(actor.person().pn()));
        actor.peer()
                .await(
                        Receipt.class,
                        event -> event.id().equals(answered) && event.what().equals("delivered"));

        String quoting = "quoting %s".formatted(kind);
        engine.quote(jid(actor.person().pn()), quoting, received);
        assertThat(awaitText(actor, quoting).quoted()).hasValue(answered);
        assertThat(second.awaitText(quoting).fromSelf()).isTrue();
    }

    @ParameterizedTest
    @MethodSource(SCENARIOS)
    void writesInAGroup(PeerKind kind, String mode) {
        String group = group("Chatter %s".formatted(kind), mode);
        for (int round = 1; round <= 2; round++) {
            String text = "%d for the %s group of %s".formatted(round, mode, kind);
            String id = engine.send(jid(group), text);
            for (Actor reader : cast.actors()) {
                Message message = awaitText(reader, text);
                assertThat(message.chat()).isEqualTo(group);
                assertThat(anna.isNamed(message.sender())).isTrue();
            }
            awaitSeen("Simon", text);
            assertThat(second.awaitText(text).fromSelf()).isTrue();
            awaitReceipt(id, ReceiptKind.DELIVERED);
            String reply = "%s replies to %s".formatted(kind, text);
            Actor writer = cast.first(kind);
            writer.peer().sendText(group, reply);
            ChatMessage received = engine.awaitText(reply);
            assertThat(received.chat()).isEqualTo(jid(group));
            assertThat(received.sender().is(jid(writer.person().pn()))).isTrue();
        }
    }

    /** A group of all, made on Anna's phone. */
    private String group(String subject, String mode) {
        String[] members = Stream.concat(
                        cast.actors().stream().map(actor -> actor.person().phone()), Stream.of(simon.phone()))
                .toArray(String[]::new);
        String group = admin.createGroup(subject, mode, anna.phone(), members);
        cast.actors().forEach(actor -> actor.awaitJoined(group));
        engine.awaitGroup(jid(group));
        return group;
    }

    @Test
    void whoHasLeftReadsNoMore() {
        String group = group("Fewer", "lid");
        engine.send(jid(group), "all of you");
        awaitSeen("Simon", "all of you");
        admin.act(group, "Simon", "leave", Map.of());
        await("the engine knows that Simon has left")
                .atMost(DEADLINE)
                .until(() -> engine.session().groups().cached(jid(group)).orElseThrow().participants().stream()
                        .noneMatch(participant -> participant.person().is(jid(simon.lid()))));

        engine.send(jid(group), "those who are left");

        cast.actors().forEach(actor -> awaitText(actor, "those who are left"));
        assertThat(admin.sees("Simon", "those who are left")).isFalse();
    }

    @Test
    void whoComesBackIsReadByEverybody() {
        String group = group("Return", "lid");
        admin.act(group, "Anna", "promote", Map.of("targets", List.of(simon.phone())));
        engine.send(jid(group), "before I go");
        cast.actors().forEach(actor -> awaitText(actor, "before I go"));
        assertThat(engine.stored(StateKind.GROUP_KEY)).contains(group);

        engine.leave(jid(group));
        await("our key is gone")
                .atMost(DEADLINE)
                .until(() -> !engine.stored(StateKind.GROUP_KEY).contains(group));

        assertThat(admin.act(group, "Simon", "add", Map.of("targets", List.of(anna.phone()))))
                .isTrue();
        engine.awaitGroup(jid(group));
        engine.send(jid(group), "back again");
        cast.actors().forEach(actor -> awaitText(actor, "back again"));
        awaitSeen("Simon", "back again");
    }

    @ParameterizedTest
    @EnumSource
    void asksAgainForWhatItCouldNotRead(PeerKind kind) {
        Actor actor = cast.first(kind);
        establish(actor, "establish %s".formatted(kind));
        actor.peer().forgetSessions(anna.lid(), anna.pn());
        String text = "can you read this, %s?".formatted(kind);
        engine.send(jid(actor.person().pn()), text);
        awaitText(actor, text);
    }

    private void establish(Actor actor, String text) {
        engine.send(jid(actor.person().pn()), text);
        awaitText(actor, text);
        actor.peer().sendText(anna.pn(), "re: " + text);
        engine.awaitText("re: " + text);
        engine.send(jid(actor.person().pn()), "re: re: " + text);
        awaitText(actor, "re: re: " + text);
    }

    @Test
    void sendsAgainWhatAPhoneCouldNotRead() {
        engine.send(jid(simon.pn()), "before");
        awaitSeen("Simon", "before");
        admin.forgetSessions("Simon");
        engine.send(jid(simon.pn()), "after the sessions were lost");
        awaitSeen("Simon", "after the sessions were lost");

        String group = group("Repairs", "pn");
        engine.send(jid(group), "to the group before");
        awaitSeen("Simon", "to the group before");
        admin.forgetSessions("Simon");
        engine.send(jid(group), "to the group after");
        awaitSeen("Simon", "to the group after");
    }

    @Test
    void asksAPhoneAgain() {
        admin.write("Simon", anna.phone(), "one");
        engine.awaitText("one");
        engine.send(jid(simon.pn()), "two");
        awaitSeen("Simon", "two");
        engine.forgetSessions();
        admin.write("Simon", anna.phone(), "three, which has to be sent again");
        engine.awaitText("three, which has to be sent again");
    }

    @Test
    void isToldWhyAMessageIsRefused() {
        assertThat(engine.trySending(Jid.pn("15559999999"), "nobody"))
                .isEqualTo(new Outcome.Refused<>(Refusal.NOT_ON_WHATSAPP, 0));
        String group = admin.createGroup(
                "Others",
                "lid",
                simon.phone(),
                cast.actors().getFirst().person().phone());
        assertThat(engine.trySending(jid(group), "may I?"))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Refusal.NOT_A_MEMBER));
        assertThat(engine.trySending(Jid.group("120363999999999999"), "nowhere"))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Refusal.GROUP_NOT_FOUND));
    }
}
