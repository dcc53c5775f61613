package io.greenfinch.interop.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.greenfinch.interop.peer.Peer;
import io.greenfinch.interop.peer.PeerEvent.Call;
import io.greenfinch.interop.peer.PeerEvent.Message;
import io.greenfinch.interop.peer.PeerEvent.Receipt;
import io.greenfinch.interop.peer.PeerKind;
import io.greenfinch.interop.peer.PeerRefusedException;
import io.greenfinch.interop.service.Person;
import io.greenfinch.interop.service.SimulatorAdmin;
import io.greenfinch.simulator.Simulator;
import io.greenfinch.simulator.SimulatorSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Baileys, whatsmeow and simulated phones write to each other through the simulator (specification §14, §15). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@NeedsPeers
class PeersMessagesIT {
    private static final String SCENARIOS = "io.greenfinch.interop.scenario.Casting#clientsAndModes";
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private Simulator simulator;
    private SimulatorAdmin admin;
    private Cast cast;
    private Person simon;

    @BeforeAll
    void link() {
        simulator = Simulator.start(SimulatorSettings.defaults());
        admin = new SimulatorAdmin(simulator.adminUrl());
        cast = Cast.link(admin);
        simon = admin.createPerson("Simon");
    }

    @AfterAll
    void stop() {
        cast.close();
        simulator.close();
    }

    private static Message awaitText(Actor reader, String text) {
        return reader.peer().await(Message.class, event -> event.text().equals(text));
    }

    private static void awaitReceipt(Actor writer, String id, String what) {
        writer.peer()
                .await(
                        Receipt.class,
                        event -> event.id().equals(id) && event.what().equals(what));
    }

    private static Call awaitCall(Actor actor, String id, String what) {
        return actor.peer()
                .await(
                        Call.class,
                        event -> event.id().equals(id) && event.what().equals(what));
    }

    private void awaitSeen(String person, String text) {
        await("%s's phone shows %s".formatted(person, text)).atMost(DEADLINE).until(() -> admin.sees(person, text));
    }

    @ParameterizedTest
    @EnumSource
    void writesToPeopleWithEitherClient(PeerKind kind) {
        Actor writer = cast.first(kind);
        for (Actor reader : cast.without(writer)) {
            String text = "from %s to %s".formatted(writer, reader);
            String id = writer.peer().sendText(reader.person().pn(), text);
            Message message = awaitText(reader, text);
            assertThat(message.id()).isEqualTo(id);
            assertThat(message.own()).isFalse();
            assertThat(writer.person().isNamed(message.sender())).isTrue();
            awaitReceipt(writer, id, "delivered");
            awaitSeen(reader.person().phone(), text);
            awaitSeen(writer.person().phone(), text);
        }
    }

    /** The phone of the client's account rings, and the client may reject for it (specification §25). */
    @ParameterizedTest
    @EnumSource
    void isToldOfCalls(PeerKind kind) {
        Actor actor = cast.first(kind);
        String number = actor.person().phone();
        String cancelled = admin.call(simon.phone(), number, true);
        Call offer = awaitCall(actor, cancelled, "offer");
        assertThat(simon.isNamed(offer.from())).isTrue();
        assertThat(offer.video()).isTrue();
        assertThat(admin.about(cancelled, simon.phone(), "hang-up")).isEqualTo(204);
        awaitCall(actor, cancelled, "terminate");

        String unanswered = admin.call(simon.phone(), number, false);
        assertThat(admin.about(unanswered, simon.phone(), "ring-out")).isEqualTo(204);
        awaitCall(actor, unanswered, "timeout");

        String taken = admin.call(simon.phone(), number, false);
        assertThat(admin.about(taken, number, "accept")).isEqualTo(204);
        awaitCall(actor, taken, "accept");

        String unwanted = admin.call(simon.phone(), number, false);
        actor.peer().reject(awaitCall(actor, unwanted, "offer"));
        await("the call is over").atMost(DEADLINE).until(() -> admin.about(unwanted, number, "accept") == 404);
    }

    @ParameterizedTest
    @EnumSource
    void talksToAPhone(PeerKind kind) {
        Actor actor = cast.first(kind);
        String number = actor.person().phone();
        String question = "how are you, %s?".formatted(kind);
        String asked = admin.write("Simon", number, question);
        Message message = awaitText(actor, question);
        assertThat(message.id()).isEqualTo(asked);
        assertThat(simon.isNamed(message.sender())).isTrue();
        awaitSeen(number, question);

        String answer = "fine, says %s".formatted(kind);
        String answered = actor.peer().sendText(simon.pn(), answer);
        awaitSeen("Simon", answer);
        awaitReceipt(actor, answered, "delivered");
        admin.onPhone("Simon", Map.of("read", answered));
        awaitReceipt(actor, answered, "read");

        String quoting = "glad that you are fine, %s".formatted(kind);
        admin.onPhone("Simon", Map.of("to", number, "text", quoting, "quote", answered, "addressing", "pn"));
        assertThat(awaitText(actor, quoting).quoted()).hasValue(answered);
        admin.onPhone("Simon", Map.of("react", "🎉", "message", answered));
        actor.peer()
                .await(
                        Message.class,
                        event -> event.text().equals("🎉")
                                && event.reactedTo().filter(answered::equals).isPresent());
    }

    @ParameterizedTest
    @MethodSource(SCENARIOS)
    void writesToAGroup(PeerKind kind, String mode) {
        Actor writer = cast.first(kind);
        String group = group("Chatter", mode, writer);
        for (int round = 1; round <= 2; round++) {
            String text = "%s, %d for the %s group".formatted(kind, round, mode);
            String id = writer.peer().sendText(group, text);
            for (Actor reader : cast.without(writer)) {
                Message message = awaitText(reader, text);
                assertThat(message.chat()).isEqualTo(group);
                assertThat(writer.person().isNamed(message.sender())).isTrue();
            }
            awaitSeen("Simon", text);
            awaitReceipt(writer, id, "delivered");
            String reply = "Simon answers %s".formatted(text);
            admin.write("Simon", group, reply);
            cast.actors().forEach(actor -> awaitText(actor, reply));
        }
        admin.act(group, "Simon", "leave", Map.of());
        String late = "%s, after Simon left the %s group".formatted(kind, mode);
        writer.peer().sendText(group, late);
        cast.without(writer).forEach(reader -> awaitText(reader, late));
        assertThat(admin.sees("Simon", late)).isFalse();
    }

    /** A group of all, made on the phone of one of them. */
    private String group(String subject, String mode, Actor creator) {
        String[] members = Stream.concat(
                        cast.without(creator).stream()
                                .map(actor -> actor.person().phone()),
                        Stream.of("Simon"))
                .toArray(String[]::new);
        String group = admin.createGroup(subject, mode, creator.person().phone(), members);
        cast.actors().forEach(actor -> actor.awaitJoined(group));
        return group;
    }

    @ParameterizedTest
    @EnumSource
    void sendsAgainWhatAPhoneCouldNotRead(PeerKind kind) {
        Actor actor = cast.first(kind);
        String group = group("Repairs", "lid", actor);
        establish(actor, "establish %s".formatted(kind));
        actor.peer().sendText(group, "establish the group of %s".formatted(kind));
        awaitSeen("Simon", "establish the group of %s".formatted(kind));

        admin.forgetSessions("Simon");
        String text = "can you read this of %s?".formatted(kind);
        actor.peer().sendText(simon.pn(), text);
        awaitSeen("Simon", text);

        admin.forgetSessions("Simon");
        String toAll = "can all of you read this of %s?".formatted(kind);
        actor.peer().sendText(group, toAll);
        awaitSeen("Simon", toAll);
    }

    @ParameterizedTest
    @EnumSource
    void asksAPhoneAgainForWhatItCouldNotRead(PeerKind kind) {
        Actor actor = cast.first(kind);
        establish(actor, "establish again %s".formatted(kind));
        actor.peer().forgetSessions(simon.lid(), simon.pn());
        String text = "and you, %s, can you read this?".formatted(kind);
        admin.write("Simon", actor.person().phone(), text);
        awaitText(actor, text);

        for (String mode : List.of("lid", "pn")) {
            String group = group("Repairs", mode, actor);
            String known = "Simon begins in the %s group of %s".formatted(mode, kind);
            admin.write("Simon", group, known);
            awaitText(actor, known);
            actor.peer().forgetSessions(simon.lid(), simon.pn());
            String lost = "who of the %s group of %s can read this?".formatted(mode, kind);
            admin.write("Simon", group, lost);
            awaitText(actor, lost);
        }
    }

    /** A session that both sides have used: from then on nothing starts one. */
    private void establish(Actor actor, String text) {
        admin.write("Simon", actor.person().phone(), text);
        awaitText(actor, text);
        actor.peer().sendText(simon.pn(), "re: " + text);
        awaitSeen("Simon", "re: " + text);
        admin.write("Simon", actor.person().phone(), "re: re: " + text);
        awaitText(actor, "re: re: " + text);
    }

    @ParameterizedTest
    @EnumSource
    void copiesToASecondCompanionOfTheSameAccount(PeerKind kind) {
        Actor writer = cast.first(kind);
        Actor friend = cast.without(writer).getLast();
        String before = "before %s has another companion".formatted(writer);
        writer.peer().sendText(friend.person().pn(), before);
        awaitText(friend, before);
        for (PeerKind other : PeerKind.values()) {
            try (Peer second = Peer.start(other, writer.person().name(), admin)) {
                second.link(admin);
                Actor twin = new Actor(second, writer.person());

                String sent = "%s and %s are one account".formatted(writer, other);
                writer.peer().sendText(friend.person().pn(), sent);
                awaitText(friend, sent);
                Message copy = awaitText(twin, sent);
                assertThat(copy.own()).isTrue();
                assertThat(friend.person().isNamed(copy.chat())).isTrue();

                String reply = "both of you get this, %s and %s".formatted(writer, other);
                friend.peer().sendText(writer.person().pn(), reply);
                awaitText(writer, reply);
                assertThat(awaitText(twin, reply).own()).isFalse();

                String own = "from the other companion of %s, %s".formatted(writer, other);
                second.sendText(friend.person().pn(), own);
                awaitText(friend, own);
                assertThat(awaitText(writer, own).own()).isTrue();

                String phone = "from the phone of %s beside %s".formatted(writer, other);
                admin.write(writer.person().phone(), friend.person().phone(), phone);
                awaitText(friend, phone);
                assertThat(awaitText(writer, phone).own()).isTrue();
                assertThat(awaitText(twin, phone).own()).isTrue();
                second.logout();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void isToldWhenTheServiceTakesNoMessage(PeerKind kind) {
        Actor actor = cast.first(kind);
        String group = group("Announcements", "lid", cast.without(actor).getFirst());
        admin.act(group, cast.without(actor).getFirst().person().phone(), "announcement", Map.of("on", true));
        if (kind == PeerKind.BAILEYS) {
            String id = actor.peer().sendText(group, "may I?");
            awaitReceipt(actor, id, "refused");
        } else {
            assertThatExceptionOfType(PeerRefusedException.class)
                    .isThrownBy(() -> actor.peer().sendText(group, "may I?"))
                    .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(403));
        }
    }
}
