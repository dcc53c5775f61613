package io.greenfinch.interop.scenario;

import static io.greenfinch.interop.scenario.EngineAmongPeers.awaitText;
import static io.greenfinch.interop.scenario.EngineAmongPeers.jid;
import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.client.SessionEvent;
import io.greenfinch.client.message.ChatMessage;
import io.greenfinch.client.message.ReceiptKind;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Refusal;
import io.greenfinch.interop.peer.PeerEvent.Message;
import io.greenfinch.interop.peer.PeerEvent.Receipt;
import io.greenfinch.interop.peer.PeerKind;
import io.greenfinch.interop.service.Engine;
import io.greenfinch.interop.service.Person;
import io.greenfinch.interop.service.SimulatorAdmin;
import io.greenfinch.protocol.binary.Jid;
import java.util.Map;
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

    private EngineAmongPeers all;
    private SimulatorAdmin admin;
    private Cast cast;
    private Person anna;
    private Person simon;
    private Engine engine;
    private Engine second;

    @BeforeAll
    void link() {
        all = EngineAmongPeers.link();
        admin = all.admin();
        anna = all.anna();
        simon = all.simon();
        engine = all.engine();
        second = all.second();
        cast = all.cast();
    }

    @AfterAll
    void stop() {
        all.close();
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
        all.awaitSeen("Simon", "hello Simon");
        all.awaitSeen("Anna", "hello Simon");
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
        isTold(actor, answered, "delivered");
        engine.markRead(received);
        isTold(actor, answered, "read");

        String quoting = "quoting %s".formatted(kind);
        engine.quote(jid(actor.person().pn()), quoting, received);
        assertThat(awaitText(actor, quoting).quoted()).hasValue(answered);
        assertThat(second.awaitText(quoting).fromSelf()).isTrue();
    }

    private static void isTold(Actor actor, String id, String what) {
        actor.peer()
                .await(
                        Receipt.class,
                        event -> event.id().equals(id) && event.what().equals(what));
    }

    @ParameterizedTest
    @MethodSource(SCENARIOS)
    void writesInAGroup(PeerKind kind, String mode) {
        String group = all.group("Chatter %s".formatted(kind), mode);
        for (int round = 1; round <= 2; round++) {
            String text = "%d for the %s group of %s".formatted(round, mode, kind);
            String id = engine.send(jid(group), text);
            for (Actor reader : cast.actors()) {
                Message message = awaitText(reader, text);
                assertThat(message.chat()).isEqualTo(group);
                assertThat(anna.isNamed(message.sender())).isTrue();
            }
            all.awaitSeen("Simon", text);
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
        all.awaitSeen("Simon", "before");
        admin.forgetSessions("Simon");
        engine.send(jid(simon.pn()), "after the sessions were lost");
        all.awaitSeen("Simon", "after the sessions were lost");

        String group = all.group("Repairs", "pn");
        engine.send(jid(group), "to the group before");
        all.awaitSeen("Simon", "to the group before");
        admin.forgetSessions("Simon");
        engine.send(jid(group), "to the group after");
        all.awaitSeen("Simon", "to the group after");
    }

    @Test
    void asksAPhoneAgain() {
        admin.write("Simon", anna.phone(), "one");
        engine.awaitText("one");
        engine.send(jid(simon.pn()), "two");
        all.awaitSeen("Simon", "two");
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
