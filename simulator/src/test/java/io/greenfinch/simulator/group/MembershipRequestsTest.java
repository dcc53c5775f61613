package io.greenfinch.simulator.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.simulator.account.SimulatedAccount;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is let in, by whom (specification §16.7). */
class MembershipRequestsTest {

    private GroupFixture stage = new GroupFixture();

    private void approval() {
        GroupFixture.granted(stage.world.change(
                () -> stage.world.settings().apply(stage.olga, stage.jid(), new GroupSetting.Approval(true))));
        stage.changes.clear();
    }

    private String join(SimulatedAccount account) {
        return stage.outcome(
                world -> world.invitations().join(account, stage.group.access().code()),
                entry -> entry.pending() ? "waits" : "in");
    }

    private String decide(boolean approve, SimulatedAccount actor, SimulatedAccount... people) {
        List<Jid> named = List.of(people).stream().map(SimulatedAccount::lid).toList();
        return stage.outcome(
                world -> approve
                        ? world.membershipRequests().approve(actor, stage.jid(), named)
                        : world.membershipRequests().reject(actor, stage.jid(), named),
                MembershipRequestsTest::codes);
    }

    private String cancel(SimulatedAccount actor, SimulatedAccount person) {
        return stage.outcome(
                world -> world.membershipRequests().cancel(actor, stage.jid(), List.of(person.pn())),
                MembershipRequestsTest::codes);
    }

    private String add(SimulatedAccount actor, SimulatedAccount person) {
        return stage.outcome(
                world -> world.participants().add(actor, stage.jid(), List.of(person.pn())),
                MembershipRequestsTest::codes);
    }

    private static String codes(List<PersonResult> results) {
        return String.join(
                " ",
                results.stream()
                        .map(result -> result.refusal()
                                .map(refusal -> Integer.toString(refusal.code()))
                                .orElse("ok"))
                        .toList());
    }

    private List<String> waiting() {
        return stage.group.access().requests().stream()
                .map(request -> request.person().displayName())
                .toList();
    }

    @Test
    void whoJoinsByLinkWaitsForAnAdmin() {
        approval();
        assertThat(join(stage.sam)).isEqualTo("waits");
        assertThat(join(stage.sam)).isEqualTo("refused 409");
        assertThat(join(stage.mia)).isEqualTo("refused 304");
        assertThat(stage.changes).singleElement().satisfies(change -> {
            assertThat(((SimulatedGroupEvent.Requested) change).own()).isTrue();
            assertThat(change.context().audience()).containsExactly(stage.olga, stage.adam);
        });

        assertThat(decide(true, stage.adam, stage.sam)).isEqualTo("ok");
        assertThat(stage.group.has(stage.sam)).isTrue();
        assertThat(waiting()).isEmpty();
        SimulatedGroupEvent.Added added = (SimulatedGroupEvent.Added) stage.changes.getLast();
        assertThat(added.joined()).isFalse();
        assertThat(added.context().audience()).contains(stage.sam, stage.mia);
        assertThat(decide(true, stage.adam, stage.sam)).isEqualTo("404");
    }

    @ParameterizedTest
    @CsvSource({"Olga, ok, 1", "Adam, ok, 1", "Mia, refused 401, refused 401", "Sam, refused 403, refused 403"})
    void onlyAdminsListAndDecide(String actor, String decided, String listed) {
        approval();
        join(stage.sam);
        SimulatedAccount account = stage.called(actor);
        assertThat(stage.outcome(
                        world -> world.membershipRequests().list(account, stage.jid()),
                        waiting -> Integer.toString(waiting.size())))
                .isEqualTo(listed);
        assertThat(decide(false, account, stage.sam)).isEqualTo(decided);
        assertThat(waiting()).hasSize(decided.equals("ok") ? 0 : 1);
    }

    @Test
    void whoIsRejectedMayAskAgain() {
        approval();
        join(stage.sam);
        assertThat(decide(false, stage.olga, stage.sam, stage.mia)).isEqualTo("ok 404");
        SimulatedGroupEvent.RequestsRevoked revoked = (SimulatedGroupEvent.RequestsRevoked) stage.changes.getLast();
        assertThat(revoked.own()).isFalse();
        assertThat(revoked.people()).containsExactly(stage.sam);
        assertThat(join(stage.sam)).isEqualTo("waits");
    }

    @Test
    void oneCancelsOwnRequestsOnly() {
        approval();
        join(stage.sam);
        assertThat(cancel(stage.max, stage.sam)).isEqualTo("403");
        assertThat(cancel(stage.sam, stage.sam)).isEqualTo("ok");
        assertThat(((SimulatedGroupEvent.RequestsRevoked) stage.changes.getLast()).own())
                .isTrue();
        assertThat(cancel(stage.sam, stage.sam)).isEqualTo("404");
        assertThat(waiting()).isEmpty();
    }

    @Test
    void whomAMemberWantsToAddWaitsToo() {
        approval();
        assertThat(add(stage.mia, stage.sam)).isEqualTo("202");
        assertThat(add(stage.max, stage.sam)).isEqualTo("409");
        assertThat(waiting()).containsExactly("Sam");
        assertThat(((SimulatedGroupEvent.Requested) stage.changes.getLast()).method())
                .isEqualTo(MembershipRequest.Method.NON_ADMIN_ADD);
        assertThat(cancel(stage.mia, stage.sam)).isEqualTo("ok");
        assertThat(add(stage.adam, stage.sam)).isEqualTo("ok");
    }

    @Test
    void whoWaitsIsLetInOnlyWhileThereIsRoom() {
        stage = new GroupFixture(
                new GroupRules(4, 100, 2048, GroupRules.defaults().returnPause()), Addressing.LID);
        approval();
        stage.world.change(() -> stage.world.departures().leave(stage.max, stage.jid()));
        assertThat(join(stage.sam)).isEqualTo("waits");
        assertThat(join(stage.max)).isEqualTo("waits");
        assertThat(decide(true, stage.olga, stage.sam, stage.max)).isEqualTo("ok 419");
        assertThat(waiting()).containsExactly("Max");
    }

    @Test
    void aRequestEndsWhenItsPersonComesInAnotherWay() {
        approval();
        join(stage.sam);
        stage.world.change(
                () -> stage.world.settings().apply(stage.olga, stage.jid(), new GroupSetting.Approval(false)));
        assertThat(waiting()).containsExactly("Sam");
        assertThat(join(stage.sam)).isEqualTo("in");
        assertThat(waiting()).isEmpty();
    }

    @Test
    void requestsThatNameNobodyAreRefused() {
        assertThat(decide(true, stage.olga)).isEqualTo("refused 400");
        assertThat(stage.outcome(
                        world -> world.membershipRequests().reject(stage.olga, stage.jid(), List.of(Jid.group("1"))),
                        MembershipRequestsTest::codes))
                .isEqualTo("refused 400");
    }

    @Test
    void anInvitationLetsItsPersonInAndNobodyElse() {
        PersonalInvitation invitation = invited(stage.adam);
        assertThat(accept(stage.max, stage.adam, invitation.code())).isEqualTo("refused 406");
        assertThat(accept(stage.sam, stage.olga, invitation.code())).isEqualTo("refused 406");
        assertThat(accept(stage.sam, stage.adam, "guessed")).isEqualTo("refused 406");
        assertThat(accept(stage.sam, stage.adam, invitation.code())).isEqualTo("in");
        assertThat(accept(stage.sam, stage.adam, invitation.code())).isEqualTo("refused 406");
    }

    @Test
    void whereAdminsDecideAMembersInvitationOnlyAsks() {
        approval();
        assertThat(accept(stage.sam, stage.mia, invited(stage.mia).code())).isEqualTo("waits");
        assertThat(accept(stage.sam, stage.adam, invited(stage.adam).code())).isEqualTo("in");
    }

    @Test
    void anInvitationEndsWhenItIsTakenBackOrItsInviterGoes() {
        String first = invited(stage.adam).code();
        assertThat(revoke(stage.mia)).isEqualTo("refused 401");
        assertThat(revoke(stage.olga)).isEqualTo("ok");
        assertThat(revoke(stage.olga)).isEqualTo("404");
        assertThat(accept(stage.sam, stage.adam, first)).isEqualTo("refused 406");
        String second = invited(stage.adam).code();
        stage.world.change(() -> stage.world.departures().leave(stage.adam, stage.jid()));
        assertThat(accept(stage.sam, stage.adam, second)).isEqualTo("refused 410");
    }

    @Test
    void membersHaveTheLinkOnlyWhereTheyMay() {
        Function<SimulatedAccount, String> code =
                account -> stage.outcome(world -> world.invitations().code(account, stage.jid()), _ -> "code");
        assertThat(code.apply(stage.mia)).isEqualTo("refused 401");
        stage.world.change(
                () -> stage.world.settings().apply(stage.olga, stage.jid(), new GroupSetting.MembersLink(true)));
        assertThat(code.apply(stage.mia)).isEqualTo("code");
        assertThat(code.apply(stage.sam)).isEqualTo("refused 403");
    }

    /** Whatever people do, nobody waits who is in, everybody waits once, and a saved group is read back as it was. */
    @Test
    void whoWaitsIsNeverAMember() {
        Random random = new Random(20261126);
        List<SimulatedAccount> all = new ArrayList<>(List.of(stage.olga, stage.adam, stage.mia, stage.max, stage.sam));
        for (int i = 0; i < 5_000; i++) {
            Collections.shuffle(all, random);
            SimulatedAccount actor = all.getFirst();
            SimulatedAccount other = all.getLast();
            switch (random.nextInt(9)) {
                case 0 -> join(actor);
                case 1 -> decide(true, actor, other);
                case 2 -> decide(false, actor, other);
                case 3 -> cancel(actor, other);
                case 4 -> add(actor, other);
                case 5 -> stage.world.change(() -> stage.world.departures().leave(actor, stage.jid()));
                case 6 ->
                    stage.world.change(
                            () -> stage.world.participants().remove(actor, stage.jid(), List.of(other.pn())));
                case 7 -> accept(actor, other, invitation(actor));
                default -> {
                    GroupSetting setting = new GroupSetting.Approval(random.nextInt(3) > 0);
                    stage.world.change(() -> stage.world.settings().apply(actor, stage.jid(), setting));
                    String wish = random.nextBoolean() ? "none" : "all";
                    stage.world.change(() -> other.privacy().put("groupadd", wish));
                }
            }
            assertThat(stage.group.access().requests()).noneMatch(request -> stage.group.has(request.person()));
            assertThat(waiting()).doesNotHaveDuplicates();
            if (i % 100 == 0) {
                GroupSnapshot saved = GroupSnapshot.of(stage.group);
                GroupDirectory restored = new GroupDirectory(stage.world.random());
                restored.restore(List.of(saved), stage.world.accounts());
                assertThat(GroupSnapshot.of(restored.byId(stage.group.id()).orElseThrow()))
                        .isEqualTo(saved);
            }
            if (stage.group.members().isEmpty()) {
                stage = new GroupFixture();
                all.clear();
                all.addAll(List.of(stage.olga, stage.adam, stage.mia, stage.max, stage.sam));
            }
        }
    }

    private PersonalInvitation invited(SimulatedAccount inviter) {
        stage.world.change(() -> stage.sam.privacy().put("groupadd", "none"));
        add(inviter, stage.sam);
        return stage.group.access().invitation(stage.sam).orElseThrow();
    }

    private String invitation(SimulatedAccount person) {
        return stage.group
                .access()
                .invitation(person)
                .map(PersonalInvitation::code)
                .orElse("none");
    }

    private String revoke(SimulatedAccount actor) {
        return stage.outcome(
                world -> world.invitations().revoke(actor, stage.jid(), List.of(stage.sam.pn())),
                MembershipRequestsTest::codes);
    }

    private String accept(SimulatedAccount person, SimulatedAccount inviter, String code) {
        return stage.outcome(
                world -> world.invitations().accept(person, stage.jid(), inviter.lid(), code),
                entry -> entry.pending() ? "waits" : "in");
    }
}
