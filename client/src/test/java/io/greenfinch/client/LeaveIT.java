package io.greenfinch.client;

import static io.greenfinch.client.SessionFixture.calling;
import static io.greenfinch.client.SessionFixture.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.client.group.Departed;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Outcome.Done;
import io.greenfinch.client.stanza.Outcome.Refused;
import io.greenfinch.client.stanza.Refusal;
import io.greenfinch.client.store.StateKind;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Leaving over a real connection; the table as a whole is in {@code GroupLeaveTest}. */
final class LeaveIT extends LeaveScript {

    @ParameterizedTest
    @CsvSource({"member, false", "admin, true", "superadmin, true"})
    void whoLeavesIsOutAndToldInWhichRole(String role, boolean admin) {
        Jid group = groups.add(role);
        link();

        assertThat(leave(group)).isEqualTo(new Done<>(new Departed(admin, false)));
        assertThat(groups.has(group)).isFalse();
        until(() -> fixture.session().groups().cached(group).isEmpty());
        until(() -> fixture.store.load(SessionFixture.INSTANCE, StateKind.GROUP).isEmpty());
        assertThat(groups.leaveRequests).singleElement().satisfies(request -> {
            assertThat(request.jid("to")).hasValue(Jid.GROUP_SERVER);
            assertThat(request.is("type", "set")).isTrue();
            assertThat(FakeGroups.asked(request)).containsExactly(group);
        });
        assertThat(groups.queryRequests).isEmpty();
        assertThat(leaveEvents()).hasSize(1);
    }

    @Test
    void aSecondLeaveIsNoMembership() {
        Jid group = groups.add("member");
        link();
        leave(group);
        fixture.session().groups().answered(List.of(group), true);

        assertThat(leave(group)).isEqualTo(new Refused<>(Refusal.NOT_A_MEMBER, 403));
    }

    @Test
    void theAnswerDoesNotWaitForTheStore() {
        Jid group = groups.add("member");
        link();
        CompletableFuture<Void> commit = fixture.sink.hold();

        assertThat(leave(group)).isEqualTo(new Done<>(new Departed(false, false)));
        assertThat(commit).isNotDone();
        assertThat(fixture.store.load(SessionFixture.INSTANCE, StateKind.GROUP)).hasSize(1);
    }

    @Test
    void anEchoBeforeTheAnswerKeepsTheRoleAndIsOneEvent() {
        Jid group = groups.add("admin");
        link();
        groups.nextLeave(request -> {
            List<Node> answers = new ArrayList<>();
            answers.add(echo(group, FakePhone.LID.account()));
            answers.addAll(groups.obey(request));
            return answers;
        });

        assertThat(leave(group)).isEqualTo(new Done<>(new Departed(true, false)));
        fixture.awaitStanza(node -> node.tag().equals("ack") && node.is("id", "echo"));
        until(() -> leaveEvents().size() == 1);
    }

    @Test
    void anEchoWithoutAnAnswerIsEnough() {
        Jid group = groups.add("admin");
        link();
        Instant begin = fixture.clock.instant();
        groups.nextLeave(request -> List.of(echo(group, FakePhone.LID.account())));

        assertThat(leave(group)).isEqualTo(new Done<>(new Departed(true, false)));
        assertThat(fixture.clock.instant()).isEqualTo(begin);
        assertThat(fixture.session().groups().cached(group)).isEmpty();
    }

    @Test
    void anEchoAfterTheAnswerIsNoSecondEvent() {
        Jid group = groups.add("admin");
        link();
        leave(group);
        fixture.server.last().send(echo(group, FakePhone.LID.account()));

        fixture.awaitStanza(node -> node.tag().equals("ack") && node.is("id", "echo"));
        assertThat(leaveEvents()).hasSize(1);
    }

    @Test
    void aLeaveOnThePhoneIsTheSameEvent() {
        Jid group = groups.add("admin");
        link();
        fixture.server.last().send(echo(group, FakePhone.LID.account()));

        until(() -> leaveEvents().size() == 1);
        assertThat(fixture.session().groups().cached(group)).isEmpty();
    }

    @Test
    void aRateLimitIsWaitedOut() {
        Jid group = groups.add("member");
        link();
        groups.nextLeave(FakeGroups.refuseEach(429));
        groups.nextLeave(FakeGroups.refuse(429));

        assertThat(stepped(group)).isEqualTo(new Done<>(new Departed(false, false)));
        assertThat(groups.leaveRequests).hasSize(3);
    }

    @Test
    void aBatchIsOneStanza() {
        Jid admin = groups.add("admin");
        Jid member = groups.add("member");
        Jid never = Jid.group("120363999999999999");
        link();
        groups.query(never, FakeGroups.refuse(404));

        assertThat(fixture.session().groups().leave(List.of(never, admin, member), fixture.soon()))
                .containsExactly(
                        new Refused<>(Refusal.GROUP_NOT_FOUND, 404),
                        new Done<>(new Departed(true, false)),
                        new Done<>(new Departed(false, false)));
        assertThat(groups.leaveRequests)
                .singleElement()
                .satisfies(request -> assertThat(FakeGroups.asked(request)).containsExactly(admin, member));
    }

    @Test
    void callsForTheSameGroupTakeTurns() {
        Jid group = groups.add("admin");
        link();
        Set<Integer> atOnce = ConcurrentHashMap.newKeySet();
        CompletableFuture<Void> first = new CompletableFuture<>();
        groups.nextLeave(request -> {
            atOnce.add(groups.leaveRequests.size());
            first.join();
            return groups.obey(request);
        });
        CompletableFuture<Outcome<Departed>> one = calling(() -> leave(group));
        until(() -> groups.leaveRequests.size() == 1);
        CompletableFuture<Outcome<Departed>> two = calling(() -> leave(group));
        first.complete(null);

        assertThat(one.join()).isEqualTo(new Done<>(new Departed(true, false)));
        assertThat(two).as("nobody knows whether the first caller has heard").isNotDone();
        fixture.session().groups().answered(List.of(group), true);
        assertThat(two.join()).isEqualTo(new Refused<>(Refusal.NOT_A_MEMBER, 403));
        assertThat(atOnce).containsExactly(1);
        assertThat(groups.leaveRequests).hasSize(1);
    }
}
