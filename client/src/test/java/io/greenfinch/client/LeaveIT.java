package io.greenfinch.client;

import static io.greenfinch.client.SessionFixture.calling;
import static io.greenfinch.client.SessionFixture.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.client.group.LeaveOutcome;
import io.greenfinch.client.group.LeaveOutcome.Left;
import io.greenfinch.client.group.LeaveOutcome.NotLeft;
import io.greenfinch.client.group.LeaveOutcome.Refusal;
import io.greenfinch.client.store.StateKind;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Leaving over a real connection; the table as a whole is in {@code LeavingTest}. */
final class LeaveIT extends LeaveScript {

    @ParameterizedTest
    @CsvSource({"member, false", "admin, true", "superadmin, true"})
    void whoLeavesIsOutAndToldInWhichRole(String role, boolean admin) {
        Jid group = groups.add(role);
        link();

        assertThat(leave(group)).isEqualTo(new Left(admin, false));
        assertThat(groups.has(group)).isFalse();
        until(() -> fixture.session().cachedGroup(group).isEmpty());
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
        fixture.session().answered(List.of(group), true);

        assertThat(leave(group)).isEqualTo(new NotLeft(Refusal.NOT_A_MEMBER));
    }

    @Test
    void theAnswerDoesNotWaitForTheStore() {
        Jid group = groups.add("member");
        link();
        CompletableFuture<Void> commit = fixture.sink.hold();

        assertThat(leave(group)).isEqualTo(new Left(false, false));
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

        assertThat(leave(group)).isEqualTo(new Left(true, false));
        fixture.awaitStanza(node -> node.tag().equals("ack") && node.is("id", "echo"));
        until(() -> leaveEvents().size() == 1);
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
        assertThat(fixture.session().cachedGroup(group)).isEmpty();
    }

    @Test
    void aRateLimitIsWaitedOut() {
        Jid group = groups.add("member");
        link();
        groups.nextLeave(FakeGroups.refuseEach(429));
        groups.nextLeave(FakeGroups.refuse(429));

        assertThat(stepped(group)).isEqualTo(new Left(false, false));
        assertThat(groups.leaveRequests).hasSize(3);
    }

    @Test
    void aBatchIsOneStanza() {
        Jid admin = groups.add("admin");
        Jid member = groups.add("member");
        Jid never = Jid.group("120363999999999999");
        link();
        groups.query(never, FakeGroups.refuse(404));

        assertThat(fixture.session().leave(List.of(never, admin, member), fixture.soon()))
                .containsExactly(new NotLeft(Refusal.GROUP_NOT_FOUND), new Left(true, false), new Left(false, false));
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
        CompletableFuture<LeaveOutcome> one = calling(() -> leave(group));
        until(() -> groups.leaveRequests.size() == 1);
        CompletableFuture<LeaveOutcome> two = calling(() -> leave(group));
        first.complete(null);

        assertThat(List.of(one.join(), two.join()))
                .containsExactlyInAnyOrder(new Left(true, false), new NotLeft(Refusal.NOT_A_MEMBER));
        assertThat(atOnce).containsExactly(1);
        assertThat(groups.leaveRequests).hasSize(1);
    }
}
