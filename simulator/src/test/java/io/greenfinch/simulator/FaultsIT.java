package io.greenfinch.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every fault that can be ordered, seen from the client. */
class FaultsIT {

    private static final Duration A_MOMENT = Duration.ofMillis(400);

    private final Simulator simulator = Simulator.start(SimulatorSettings.defaults());
    private final TestAdmin admin = new TestAdmin(simulator.adminUrl());
    private final TestCompanion anna = new TestCompanion(simulator).pair(admin, "Anna");
    private TestSocket socket = anna.logIn();
    private String group = "";

    @BeforeEach
    void createGroup() {
        admin.person("Bob");
        group = admin.group("Team", "Bob", "lid", "Anna");
        socket.acknowledge(socket.notice("create"));
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    private String ask() {
        return socket.ask(Jid.GROUP_SERVER, "set", "w:g2", LeaveIqIT.leave(group));
    }

    private Node answerTo(String id) {
        return socket.await(node -> node.tag().equals("iq") && node.is("id", id));
    }

    private boolean isAnswered(String id) {
        return socket.poll(node -> node.tag().equals("iq") && node.is("id", id), A_MOMENT)
                .isPresent();
    }

    private boolean isMember() {
        return admin.get("/admin/groups/" + group).text().contains("Anna");
    }

    @Test
    void answersAnErrorSoManyTimes() {
        long fault = admin.fault(
                "{\"kind\":\"error\",\"code\":429,\"backoff\":3,\"xmlns\":\"w:g2\",\"child\":\"leave\",\"times\":2}");
        for (int i = 0; i < 2; i++) {
            Node error = answerTo(ask()).child("error").orElseThrow();
            assertThat(error.is("code", "429") && error.is("backoff", "3")).isTrue();
        }
        assertThat(isMember()).isTrue();
        assertThat(admin.fired(fault)).isEqualTo(2);
        assertThat(LeaveIqIT.outcomes(answerTo(ask()))).containsExactly("200");
    }

    @Test
    void answersAnErrorAlthoughItDidTheWork() {
        admin.fault("{\"kind\":\"error\",\"code\":500,\"child\":\"leave\",\"processed\":true}");
        assertThat(GroupsIT.error(answerTo(ask()))).isEqualTo("500 internal-server-error");
        assertThat(isMember()).isFalse();
        socket.notice("remove");
    }

    @Test
    void doesNotAnswer() {
        admin.fault("{\"kind\":\"no-answer\",\"child\":\"leave\"}");
        assertThat(isAnswered(ask())).isFalse();
        assertThat(isMember()).isTrue();
        admin.fault("{\"kind\":\"no-answer\",\"child\":\"leave\",\"processed\":true}");
        assertThat(isAnswered(ask())).isFalse();
        assertThat(isMember()).isFalse();
        admin.fault("{\"kind\":\"no-answer\",\"xmlns\":\"w:p\"}");
        assertThat(isAnswered(socket.ask(Jid.SERVER, "get", "w:p"))).isFalse();
        assertThat(socket.isAlive()).isTrue();
    }

    @Test
    void worksOrAnswersLate() {
        admin.fault("{\"kind\":\"delay\",\"millis\":600,\"child\":\"leave\"}");
        String id = ask();
        assertThat(isAnswered(id)).isFalse();
        assertThat(isMember()).isTrue();
        assertThat(LeaveIqIT.outcomes(answerTo(id))).containsExactly("200");
        assertThat(isMember()).isFalse();
        admin.act(group, "Bob", "add", ",\"targets\":[\"Anna\"]");
        admin.fault("{\"kind\":\"delay\",\"millis\":600,\"child\":\"leave\",\"processed\":true}");
        String second = ask();
        assertThat(isAnswered(second)).isFalse();
        assertThat(isMember()).isFalse();
        assertThat(LeaveIqIT.outcomes(answerTo(second))).containsExactly("200");
    }

    @Test
    void cutsTheConnectionBeforeTheWorkOrBetweenWorkAndAnswer() {
        admin.fault("{\"kind\":\"cut\",\"child\":\"leave\"}");
        ask();
        socket.awaitClose();
        assertThat(isMember()).isTrue();
        socket = anna.logIn();
        admin.fault("{\"kind\":\"cut\",\"child\":\"leave\",\"processed\":true}");
        ask();
        socket.awaitClose();
        assertThat(isMember()).isFalse();
        assertThat(socket.all()).noneMatch(node -> node.child("leave").isPresent());
        socket = anna.logIn();
        socket.notice("remove");
    }

    @Test
    void goesDeadButStaysOpen() {
        admin.fault("{\"kind\":\"half-open\",\"child\":\"leave\",\"processed\":true}");
        assertThat(isAnswered(ask())).isFalse();
        assertThat(isMember()).isFalse();
        assertThat(isAnswered(socket.ask(Jid.SERVER, "get", "w:p"))).isFalse();
        assertThat(socket.isClosed()).isFalse();
        TestSocket next = anna.logIn();
        next.notice("remove");
        assertThat(next.isAlive()).isTrue();
    }

    @Test
    void strikesLiveConnectionsAtOnce() {
        admin.person("Carol");
        assertThat(admin.done("/admin/faults", "{\"kind\":\"cut\",\"now\":true,\"account\":\"Carol\"}")
                        .path("connections")
                        .asInt())
                .isZero();
        assertThat(socket.isAlive()).isTrue();
        admin.done("/admin/faults", "{\"kind\":\"half-open\",\"now\":true,\"account\":\"Anna\"}");
        assertThat(isAnswered(socket.ask(Jid.SERVER, "get", "w:p"))).isFalse();
        socket = anna.logIn();
        admin.done("/admin/faults", "{\"kind\":\"stream-error\",\"code\":503,\"now\":true}");
        assertThat(socket.await(node -> node.tag().equals("stream:error")).is("code", "503"))
                .isTrue();
        socket.awaitClose();
        socket = anna.logIn();
        assertThat(admin.done("/admin/faults", "{\"kind\":\"cut\",\"now\":true}")
                        .path("connections")
                        .asInt())
                .isEqualTo(1);
        socket.awaitClose();
    }

    @Test
    void sendsAnswersAndNotificationsTwice() {
        admin.fault("{\"kind\":\"duplicate\",\"child\":\"leave\"}");
        admin.fault("{\"kind\":\"duplicate\",\"stanza\":\"notification\",\"xmlns\":\"w:gp2\",\"child\":\"remove\"}");
        String id = ask();
        answerTo(id);
        answerTo(id);
        Node first = socket.notice("remove");
        assertThat(socket.notice("remove")).isEqualTo(first);
    }

    @Test
    void sendsAnAnswerAfterTheNextStanza() {
        admin.fault("{\"kind\":\"reorder\",\"child\":\"leave\"}");
        String id = ask();
        answerTo(id);
        assertThat(socket.all()).anyMatch(node -> node.child("remove").isPresent());
    }

    @Test
    void sendsTheEchoBeforeTheAnswer() {
        admin.fault("{\"kind\":\"echo-first\",\"child\":\"leave\"}");
        ask();
        socket.await(node -> node.tag().equals("iq"));
        assertThat(socket.all()).anyMatch(node -> node.child("remove").isPresent());
    }

    @Test
    void corruptsAFrame() {
        admin.fault("{\"kind\":\"corrupt\",\"xmlns\":\"w:p\"}");
        socket.ask(Jid.SERVER, "get", "w:p");
        assertThat(socket.awaitClose()).isEqualTo("decryption failed");
    }

    @Test
    void sendsAFrameInPieces() {
        admin.fault("{\"kind\":\"fragment\",\"child\":\"leave\"}");
        assertThat(LeaveIqIT.outcomes(answerTo(ask()))).containsExactly("200");
        assertThat(socket.isAlive()).isTrue();
    }

    @Test
    void refusesSingleGroupsInsideAResult() {
        String other = admin.group("Other", "Bob", "pn", "Anna");
        admin.fault("{\"kind\":\"leave-error\",\"code\":423,\"group\":\"" + group + "\"}");
        assertThat(LeaveIqIT.outcomes(LeaveIqIT.leave(socket, group, other))).containsExactly("423", "200");
        assertThat(isMember()).isTrue();
        admin.fault("{\"kind\":\"leave-error\",\"code\":429}");
        assertThat(LeaveIqIT.outcomes(LeaveIqIT.leave(socket, group))).containsExactly("429");
        assertThat(isMember()).isTrue();
    }

    @Test
    void answersALeaveWithoutNamingGroups() {
        admin.fault("{\"kind\":\"empty-leave\",\"processed\":false}");
        assertThat(LeaveIqIT.outcomes(LeaveIqIT.leave(socket, group))).isEmpty();
        assertThat(isMember()).isTrue();
        admin.fault("{\"kind\":\"empty-leave\"}");
        assertThat(LeaveIqIT.outcomes(LeaveIqIT.leave(socket, group))).isEmpty();
        assertThat(isMember()).isFalse();
    }

    @Test
    void leavesAGroupOutOfTheAnswer() {
        String other = admin.group("Other", "Bob", "pn", "Anna");
        admin.fault("{\"kind\":\"absent-group\"}");
        assertThat(LeaveIqIT.outcomes(LeaveIqIT.leave(socket, other, group))).containsExactly("200");
        assertThat(isMember()).isFalse();
        admin.act(group, "Bob", "add", ",\"targets\":[\"Anna\"]");
        admin.fault("{\"kind\":\"absent-group\",\"processed\":false,\"group\":\"" + group + "\"}");
        assertThat(LeaveIqIT.outcomes(LeaveIqIT.leave(socket, group, other))).containsExactly("403");
        assertThat(isMember()).isTrue();
    }

    @Test
    void refusesConnectionsWhileTheLinkIsDown() {
        long fault = admin.fault("{\"kind\":\"link-down\"}");
        socket.awaitClose();
        assertThatThrownBy(anna::tryLogIn).hasStackTraceContaining("503");
        assertThat(admin.fired(fault)).isEqualTo(1);
        assertThat(admin.delete("/admin/faults/" + fault).status()).isEqualTo(204);
        socket = anna.logIn();
        admin.fault("{\"kind\":\"link-down\",\"account\":\"Anna\"}");
        socket.awaitClose();
        anna.tryLogIn().awaitClose();
        TestCompanion bob = new TestCompanion(simulator).pair(admin, "Bob");
        assertThat(bob.logIn().isAlive()).isTrue();
        assertThat(admin.delete("/admin/faults").status()).isEqualTo(204);
        assertThat(anna.logIn().isAlive()).isTrue();
    }

    @Test
    void failsTheNextLoginWithAReason() {
        admin.fault("""
                {"kind":"login-failure","reason":402,"attributes":{"code":103,"expire":"86400"},"account":"Anna"}""");
        Node failure = anna.tryLogIn().await(node -> node.tag().equals("failure"));
        assertThat(failure.is("reason", "402") && failure.is("code", "103") && failure.is("expire", "86400"))
                .isTrue();
        assertThat(anna.logIn().isAlive()).isTrue();
    }

    @Test
    void canBeLimitedToOneDevice() {
        TestCompanion second = new TestCompanion(simulator).pair(admin, "Anna");
        admin.fault(
                "{\"kind\":\"error\",\"code\":503,\"xmlns\":\"w:p\",\"account\":\"Anna\",\"device\":2,\"times\":0}");
        assertThat(answerTo(socket.ask(Jid.SERVER, "get", "w:p")).is("type", "result"))
                .isTrue();
        assertThat(second.logIn().request(Jid.SERVER, "get", "w:p").is("type", "error"))
                .isTrue();
    }

    @Test
    void losesANotificationUntilTheNextLogin() {
        admin.fault("{\"kind\":\"no-answer\",\"stanza\":\"notification\",\"child\":\"subject\"}");
        admin.act(group, "Bob", "subject", ",\"text\":\"Crew\"");
        assertThat(socket.poll(node -> node.child("subject").isPresent(), A_MOMENT))
                .isEmpty();
        anna.logIn().notice("subject");
    }
}
