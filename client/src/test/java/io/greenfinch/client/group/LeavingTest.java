package io.greenfinch.client.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.client.group.LeaveOutcome.Left;
import io.greenfinch.client.group.LeaveOutcome.NoAnswer;
import io.greenfinch.client.group.LeaveOutcome.NotLeft;
import io.greenfinch.client.group.LeaveOutcome.Refusal;
import io.greenfinch.client.stanza.Answer;
import io.greenfinch.protocol.binary.Node;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of design §5, row by row, without a network. */
final class LeavingTest extends LeavingScript {

    @Test
    void aPlainMemberLeaves() {
        memberships.roles.put(GROUP, Role.MEMBER);
        wire.leaves(left());

        assertThat(leave()).isEqualTo(new Left(false, false));
        assertThat(wire.queried).isEmpty();
        assertThat(memberships.leftByUs).containsExactly(GROUP);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ADMIN", "SUPERADMIN"})
    void anAdministratorLeaves(Role role) {
        memberships.roles.put(GROUP, role);
        wire.leaves(left());

        assertThat(leave()).isEqualTo(new Left(true, false));
    }

    /** News may make the group doubtful again between the query and the leave: what the query told still counts. */
    @Test
    void whatTheQueryToldCountsAlthoughTheGroupStaysDoubted() {
        memberships.doubted.add(GROUP);
        wire.queries(GROUP, listing(GROUP, Role.ADMIN));
        wire.leaves(left());

        assertThat(leave()).isEqualTo(new Left(true, false));
    }

    @Test
    void aLeaveOfADoubtedGroupThatIsOnlyQueriedAfterwardsIsOurs() {
        memberships.doubted.add(GROUP);
        wire.queries(GROUP, listing(GROUP, Role.ADMIN), refuse(403));
        wire.leaves(refuse(500));

        assertThat(leave()).isEqualTo(new Left(true, false));
    }

    @Test
    void anErrorOf200IsALeave() {
        memberships.roles.put(GROUP, Role.MEMBER);
        wire.leaves(refuseEach(200));

        assertThat(leave()).isEqualTo(new Left(false, false));
    }

    @ParameterizedTest
    @CsvSource({
        "403, NOT_A_MEMBER",
        "404, GROUP_NOT_FOUND",
        "410, GROUP_NOT_FOUND",
        "400, NOT_ALLOWED",
        "405, NOT_ALLOWED",
        "406, NOT_ALLOWED",
        "419, NOT_ALLOWED",
        "499, NOT_ALLOWED",
        "423, LOCKED"
    })
    void aRefusalOfTheGroupIsFinal(int code, Refusal reason) {
        memberships.roles.put(GROUP, Role.ADMIN);
        wire.leaves(refuseEach(code));

        assertThat(leave()).isEqualTo(new NotLeft(reason));
        assertThat(wire.leaveRequests).hasSize(1);
        assertThat(wire.queried).isEmpty();
        assertThat(intents.find(INSTANCE, GROUP)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"403, NOT_A_MEMBER", "404, GROUP_NOT_FOUND", "410, GROUP_NOT_FOUND", "405, NOT_ALLOWED", "423, LOCKED"})
    void aRefusalOfTheRequestForOneGroupIsItsRefusal(int code, Refusal reason) {
        memberships.roles.put(GROUP, Role.MEMBER);
        wire.leaves(refuse(code));

        assertThat(leave()).isEqualTo(new NotLeft(reason));
    }

    @ParameterizedTest
    @CsvSource({"403, NOT_A_MEMBER", "404, GROUP_NOT_FOUND", "400, NOT_ALLOWED"})
    void notAuthorizedIsExplainedByAQuery(int code, Refusal reason) {
        memberships.roles.put(GROUP, Role.MEMBER);
        wire.leaves(refuseEach(401));
        wire.queries(GROUP, refuse(code));

        assertThat(leave()).isEqualTo(new NotLeft(reason));
    }

    @Test
    void notAuthorizedAlthoughAMemberIsNotAllowed() {
        memberships.roles.put(GROUP, Role.MEMBER);
        wire.leaves(refuseEach(401));
        wire.queries(GROUP, listing(GROUP, Role.MEMBER));

        assertThat(leave()).isEqualTo(new NotLeft(Refusal.NOT_ALLOWED));
        assertThat(wire.leaveRequests).hasSize(1);
    }

    @Test
    void aGroupThatIsNotKnownIsQueriedFirst() {
        wire.queries(GROUP, listing(GROUP, Role.ADMIN));
        wire.leaves(left());

        assertThat(leave()).isEqualTo(new Left(true, false));
        assertThat(wire.queried).containsExactly(GROUP);
    }

    @Test
    void notBeingAMemberIsConfirmedByWhatsAppWithoutAnyLeave() {
        wire.queries(GROUP, refuse(403));

        assertThat(leave()).isEqualTo(new NotLeft(Refusal.NOT_A_MEMBER));
        assertThat(wire.leaveRequests).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 410})
    void aGroupThatNeverExistedIsNotFound(int code) {
        wire.queries(GROUP, refuse(code));

        assertThat(leave()).isEqualTo(new NotLeft(Refusal.GROUP_NOT_FOUND));
        assertThat(wire.leaveRequests).isEmpty();
    }

    @Test
    void metadataWithoutUsLetsTheLeaveDecide() {
        wire.queries(GROUP, listingOthers(GROUP));
        wire.leaves(refuseEach(403));

        assertThat(leave()).isEqualTo(new NotLeft(Refusal.NOT_A_MEMBER));
        assertThat(wire.leaveRequests).hasSize(1);
    }

    @Test
    void aQueryThatIsRateLimitedIsAskedAgain() {
        wire.queries(GROUP, refuse(429), refuse(500), listing(GROUP, Role.MEMBER));
        wire.leaves(left());

        assertThat(leave()).isEqualTo(new Left(false, false));
        assertThat(wire.pauses).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));
    }

    @Test
    void aQueryThatIsAlwaysRateLimitedLeavesNothing() {
        wire.queries(GROUP, refuse(429));

        assertThat(leave()).isEqualTo(new NoAnswer(Silence.RATE_LIMITED));
        assertThat(wire.leaveRequests).isEmpty();
        assertThat(intents.find(INSTANCE, GROUP)).isEmpty();
    }

    @Test
    void aQueryThatNeverSucceedsMeansThatNothingWasSent() {
        wire.queries(GROUP, refuse(503));

        assertThat(leave()).isEqualTo(new NoAnswer(Silence.NOT_SENT));
        assertThat(wire.leaveRequests).isEmpty();
    }

    @Test
    void aRateLimitIsWaitedOutTwiceAsLongEachTime() {
        memberships.roles.put(GROUP, Role.MEMBER);
        wire.leaves(refuseEach(429), refuse(429), refuseEach(429), left());

        assertThat(leave()).isEqualTo(new Left(false, false));
        assertThat(wire.pauses).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4));
    }

    @Test
    void theServersOwnBackoffIsHonoured() {
        memberships.roles.put(GROUP, Role.MEMBER);
        wire.leaves(request -> new Answer.Refused(429, "rate-overlimit", Optional.of(Duration.ofSeconds(7))), left());

        assertThat(leave()).isEqualTo(new Left(false, false));
        assertThat(wire.pauses).containsExactly(Duration.ofSeconds(7));
    }

    @Test
    void aRateLimitUntilTheDeadlineIsTold() {
        memberships.roles.put(GROUP, Role.MEMBER);
        wire.leaves(refuse(429));

        assertThat(leave()).isEqualTo(new NoAnswer(Silence.RATE_LIMITED));
        assertThat(clock.instant()).isBefore(deadline);
        assertThat(intents.find(INSTANCE, GROUP)).isEmpty();
        assertThat(memberships.roles).containsKey(GROUP);
    }

    @ParameterizedTest
    @ValueSource(strings = {"120363000000000001", "120363000000000001@g.us"})
    void theResultMayNameTheGroupAsText(String id) {
        memberships.roles.put(GROUP, Role.MEMBER);
        Node.Builder leave = Node.element("leave").child(Node.element("group").attribute("id", id));
        wire.leaves(request -> new Answer.Result(result(leave)));

        assertThat(leave()).isEqualTo(new Left(false, false));
        assertThat(wire.queried).isEmpty();
    }

    @Test
    void theRoleIsThatOfTheMomentOfSendingAlthoughTheEchoComesFirst() {
        memberships.roles.put(GROUP, Role.ADMIN);
        wire.beforeAnswer = () -> {
            memberships.outside(GROUP, true, 0);
            memberships.watch(GROUP).sawLeave();
        };
        wire.leaves(left());

        assertThat(leave()).isEqualTo(new Left(true, false));
        assertThat(memberships.leftByUs).containsExactly(GROUP);
    }

    @Test
    void aBatchGoesOutAsOneStanzaWithAResultForEach() {
        memberships.roles.put(GROUP, Role.ADMIN);
        memberships.roles.put(SECOND, Role.MEMBER);
        memberships.roles.put(THIRD, Role.MEMBER);
        Node.Builder results = Node.element("leave")
                .child(Node.element("group").attribute("id", THIRD).attribute("error", 405))
                .child(Node.element("group").attribute("id", GROUP))
                .child(Node.element("group").attribute("id", SECOND).attribute("error", 403));
        wire.leaves(request -> new Answer.Result(result(results)));

        assertThat(leaving.leave(List.of(GROUP, SECOND, THIRD), deadline))
                .containsExactly(
                        new Left(true, false), new NotLeft(Refusal.NOT_A_MEMBER), new NotLeft(Refusal.NOT_ALLOWED));
        assertThat(wire.leaveRequests).containsExactly(List.of(GROUP, SECOND, THIRD));
    }

    @Test
    void onlyTheGroupsOfABatchThatNeedItAreAskedAgain() {
        memberships.roles.put(GROUP, Role.MEMBER);
        memberships.roles.put(SECOND, Role.MEMBER);
        Node.Builder results = Node.element("leave")
                .child(Node.element("group").attribute("id", GROUP))
                .child(Node.element("group").attribute("id", SECOND).attribute("error", 429));
        wire.leaves(request -> new Answer.Result(result(results)), left());

        assertThat(leaving.leave(List.of(GROUP, SECOND), deadline))
                .containsExactly(new Left(false, false), new Left(false, false));
        assertThat(wire.leaveRequests).containsExactly(List.of(GROUP, SECOND), List.of(SECOND));
    }

    @Test
    void aRefusalOfAWholeBatchIsFoundOutGroupByGroup() {
        memberships.roles.put(GROUP, Role.MEMBER);
        memberships.roles.put(SECOND, Role.ADMIN);
        wire.leaves(refuse(404), refuseEach(404), left());

        assertThat(leaving.leave(List.of(GROUP, SECOND), deadline))
                .containsExactly(new NotLeft(Refusal.GROUP_NOT_FOUND), new Left(true, false));
        assertThat(wire.leaveRequests).containsExactly(List.of(GROUP, SECOND), List.of(GROUP), List.of(SECOND));
    }

    @Test
    void aCommunityIsLeftInItsOwnForm() {
        memberships.roles.put(GROUP, Role.MEMBER);
        memberships.roles.put(SECOND, Role.MEMBER);
        memberships.communities.add(GROUP);
        Node.Builder community =
                Node.element("leave").child(Node.element("linked_groups").attribute("parent_group_jid", GROUP));
        wire.leaves(
                request -> {
                    Node leave = request.child("leave").orElseThrow();
                    assertThat(leave.children()).extracting(Node::tag).containsExactly("linked_groups");
                    return new Answer.Result(result(community));
                },
                left());

        assertThat(leaving.leave(List.of(GROUP, SECOND), deadline))
                .containsExactly(new Left(false, false), new Left(false, false));
        assertThat(wire.leaveRequests).containsExactly(List.of(GROUP), List.of(SECOND));
    }
}
