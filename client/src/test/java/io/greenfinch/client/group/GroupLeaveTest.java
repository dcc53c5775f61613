package io.greenfinch.client.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.client.stanza.Answer;
import io.greenfinch.client.stanza.Outcome.Done;
import io.greenfinch.client.stanza.Outcome.Refused;
import io.greenfinch.client.stanza.Outcome.Unknown;
import io.greenfinch.client.stanza.Refusal;
import io.greenfinch.client.stanza.Silence;
import io.greenfinch.protocol.binary.Node;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of design §5, row by row, without a network. */
final class GroupLeaveTest extends LeaveWireScript {

    @Test
    void aPlainMemberLeaves() {
        state.roles.put(GROUP, Role.MEMBER);
        wire.leaves(left());

        assertThat(leave()).isEqualTo(new Done<>(new Departed(false, false)));
        assertThat(wire.queried).isEmpty();
        assertThat(state.leftByUs).containsExactly(GROUP);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ADMIN", "SUPERADMIN"})
    void anAdministratorLeaves(Role role) {
        state.roles.put(GROUP, role);
        wire.leaves(left());

        assertThat(leave()).isEqualTo(new Done<>(new Departed(true, false)));
    }

    /** News may make the group doubtful again between the query and the leave: what the query told still counts. */
    @Test
    void whatTheQueryToldCountsAlthoughTheGroupStaysDoubted() {
        state.doubted.add(GROUP);
        wire.queries(GROUP, listing(GROUP, Role.ADMIN));
        wire.leaves(left());

        assertThat(leave()).isEqualTo(new Done<>(new Departed(true, false)));
    }

    @Test
    void aLeaveOfADoubtedGroupThatIsOnlyQueriedAfterwardsIsOurs() {
        state.doubted.add(GROUP);
        wire.queries(GROUP, listing(GROUP, Role.ADMIN), refuse(403));
        wire.leaves(refuse(500));

        assertThat(leave()).isEqualTo(new Done<>(new Departed(true, false)));
    }

    @Test
    void anErrorOf200IsALeave() {
        state.roles.put(GROUP, Role.MEMBER);
        wire.leaves(refuseEach(200));

        assertThat(leave()).isEqualTo(new Done<>(new Departed(false, false)));
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
        state.roles.put(GROUP, Role.ADMIN);
        wire.leaves(refuseEach(code));

        assertThat(leave()).isEqualTo(new Refused<>(reason, code));
        assertThat(wire.leaveRequests).hasSize(1);
        assertThat(wire.queried).isEmpty();
        assertThat(intents.find(INSTANCE, GROUP)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"403, NOT_ALLOWED", "404, NOT_ALLOWED", "401, NOT_ALLOWED", "405, NOT_ALLOWED", "423, LOCKED"})
    void aRefusalOfTheRequestIsThatOfItsGroupWhenWeAreStillInIt(int code, Refusal reason) {
        state.roles.put(GROUP, Role.MEMBER);
        wire.leaves(refuse(code));
        wire.queries(GROUP, listing(GROUP, Role.MEMBER));

        assertThat(leave()).isEqualTo(new Refused<>(reason, code));
        assertThat(wire.leaveRequests).hasSize(1);
        assertThat(intents.find(INSTANCE, GROUP)).isEmpty();
    }

    @Test
    void aMalformedRequestLeftNothing() {
        state.roles.put(GROUP, Role.MEMBER);
        wire.leaves(refuse(400));

        assertThat(leave()).isEqualTo(new Refused<>(Refusal.NOT_ALLOWED, 400));
        assertThat(wire.queried).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"403, NOT_A_MEMBER", "404, GROUP_NOT_FOUND", "400, NOT_ALLOWED"})
    void notAuthorizedIsExplainedByAQuery(int code, Refusal reason) {
        state.roles.put(GROUP, Role.MEMBER);
        wire.leaves(refuseEach(401));
        wire.queries(GROUP, refuse(code));

        assertThat(leave()).isEqualTo(new Refused<>(reason, 401));
    }

    @Test
    void notAuthorizedAlthoughAMemberIsNotAllowed() {
        state.roles.put(GROUP, Role.MEMBER);
        wire.leaves(refuseEach(401));
        wire.queries(GROUP, listing(GROUP, Role.MEMBER));

        assertThat(leave()).isEqualTo(new Refused<>(Refusal.NOT_ALLOWED, 401));
        assertThat(wire.leaveRequests).hasSize(1);
    }

    @Test
    void aGroupThatIsNotKnownIsQueriedFirst() {
        wire.queries(GROUP, listing(GROUP, Role.ADMIN));
        wire.leaves(left());

        assertThat(leave()).isEqualTo(new Done<>(new Departed(true, false)));
        assertThat(wire.queried).containsExactly(GROUP);
    }

    @Test
    void notBeingAMemberIsConfirmedByWhatsAppWithoutAnyLeave() {
        wire.queries(GROUP, refuse(403));

        assertThat(leave()).isEqualTo(new Refused<>(Refusal.NOT_A_MEMBER, 403));
        assertThat(wire.leaveRequests).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 410})
    void aGroupThatNeverExistedIsNotFound(int code) {
        wire.queries(GROUP, refuse(code));

        assertThat(leave()).isEqualTo(new Refused<>(Refusal.GROUP_NOT_FOUND, code));
        assertThat(wire.leaveRequests).isEmpty();
    }

    @Test
    void metadataWithoutUsLetsTheLeaveDecide() {
        wire.queries(GROUP, listingOthers(GROUP));
        wire.leaves(refuseEach(403));

        assertThat(leave()).isEqualTo(new Refused<>(Refusal.NOT_A_MEMBER, 403));
        assertThat(wire.leaveRequests).hasSize(1);
    }

    @Test
    void aQueryThatIsRateLimitedIsAskedAgain() {
        wire.queries(GROUP, refuse(429), refuse(500), listing(GROUP, Role.MEMBER));
        wire.leaves(left());

        assertThat(leave()).isEqualTo(new Done<>(new Departed(false, false)));
        assertThat(wire.pauses).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));
    }

    @Test
    void aQueryThatIsAlwaysRateLimitedLeavesNothing() {
        wire.queries(GROUP, refuse(429));

        assertThat(leave()).isEqualTo(new Unknown<>(Silence.RATE_LIMITED));
        assertThat(wire.leaveRequests).isEmpty();
        assertThat(intents.find(INSTANCE, GROUP)).isEmpty();
    }

    @Test
    void aQueryThatNeverSucceedsMeansThatNothingWasSent() {
        wire.queries(GROUP, refuse(503));

        assertThat(leave()).isEqualTo(new Unknown<>(Silence.NOT_SENT));
        assertThat(wire.leaveRequests).isEmpty();
    }

    @Test
    void aRateLimitIsWaitedOutTwiceAsLongEachTime() {
        state.roles.put(GROUP, Role.MEMBER);
        wire.leaves(refuseEach(429), refuse(429), refuseEach(429), left());

        assertThat(leave()).isEqualTo(new Done<>(new Departed(false, false)));
        assertThat(wire.pauses).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4));
    }

    @Test
    void theServersOwnBackoffIsHonoured() {
        state.roles.put(GROUP, Role.MEMBER);
        wire.leaves(request -> new Answer.Refused(429, "rate-overlimit", Optional.of(Duration.ofSeconds(7))), left());

        assertThat(leave()).isEqualTo(new Done<>(new Departed(false, false)));
        assertThat(wire.pauses).containsExactly(Duration.ofSeconds(7));
    }

    @Test
    void aRateLimitUntilTheDeadlineIsTold() {
        state.roles.put(GROUP, Role.MEMBER);
        wire.leaves(refuse(429));
        wire.queries(GROUP, listing(GROUP, Role.MEMBER));

        assertThat(leave()).isEqualTo(new Unknown<>(Silence.RATE_LIMITED));
        assertThat(wire.queried).as("once, at the end").hasSize(1);
        assertThat(clock.instant()).isBefore(deadline);
        assertThat(intents.find(INSTANCE, GROUP)).isEmpty();
        assertThat(state.roles).containsKey(GROUP);
    }

    @ParameterizedTest
    @ValueSource(strings = {"120363000000000001", "120363000000000001@g.us"})
    void theResultMayNameTheGroupAsText(String id) {
        state.roles.put(GROUP, Role.MEMBER);
        Node.Builder leave = Node.element("leave").child(Node.element("group").attribute("id", id));
        wire.leaves(request -> new Answer.Result(result(leave)));

        assertThat(leave()).isEqualTo(new Done<>(new Departed(false, false)));
        assertThat(wire.queried).isEmpty();
    }

    @Test
    void theRoleIsThatOfTheMomentOfSendingAlthoughTheEchoComesFirst() {
        state.roles.put(GROUP, Role.ADMIN);
        wire.beforeAnswer = () -> {
            state.outside(GROUP, true, 0);
            state.watch(GROUP).left();
        };
        wire.leaves(left());

        assertThat(leave()).isEqualTo(new Done<>(new Departed(true, false)));
        assertThat(state.leftByUs).containsExactly(GROUP);
    }

    @ParameterizedTest
    @CsvSource({"ADMIN, MEMBER", "MEMBER, ADMIN"})
    void theRoleIsThatInWhichWhatsAppTookUsOut(Role atSending, Role atLeaving) {
        state.roles.put(GROUP, atSending);
        wire.beforeAnswer = () -> state.watch(GROUP).role(atLeaving);
        wire.leaves(left());

        assertThat(leave()).isEqualTo(new Done<>(new Departed(atLeaving.admin(), false)));
        leave.answered(List.of(GROUP), false);
        wire.queries(GROUP, refuse(403));
        assertThat(leave()).isEqualTo(new Done<>(new Departed(atLeaving.admin(), true)));
    }

    @Test
    void aBatchGoesOutAsOneStanzaWithAResultForEach() {
        state.roles.put(GROUP, Role.ADMIN);
        state.roles.put(SECOND, Role.MEMBER);
        state.roles.put(THIRD, Role.MEMBER);
        Node.Builder results = Node.element("leave")
                .child(Node.element("group").attribute("id", THIRD).attribute("error", 405))
                .child(Node.element("group").attribute("id", GROUP))
                .child(Node.element("group").attribute("id", SECOND).attribute("error", 403));
        wire.leaves(request -> new Answer.Result(result(results)));

        assertThat(leave.leave(List.of(GROUP, SECOND, THIRD), deadline))
                .containsExactly(
                        new Done<>(new Departed(true, false)),
                        new Refused<>(Refusal.NOT_A_MEMBER, 403),
                        new Refused<>(Refusal.NOT_ALLOWED, 405));
        assertThat(wire.leaveRequests).containsExactly(List.of(GROUP, SECOND, THIRD));
    }

    @Test
    void onlyTheGroupsOfABatchThatNeedItAreAskedAgain() {
        state.roles.put(GROUP, Role.MEMBER);
        state.roles.put(SECOND, Role.MEMBER);
        Node.Builder results = Node.element("leave")
                .child(Node.element("group").attribute("id", GROUP))
                .child(Node.element("group").attribute("id", SECOND).attribute("error", 429));
        wire.leaves(request -> new Answer.Result(result(results)), left());

        assertThat(leave.leave(List.of(GROUP, SECOND), deadline))
                .containsExactly(new Done<>(new Departed(false, false)), new Done<>(new Departed(false, false)));
        assertThat(wire.leaveRequests).containsExactly(List.of(GROUP, SECOND), List.of(SECOND));
    }

    @Test
    void aRefusalOfAWholeBatchIsFoundOutGroupByGroup() {
        state.roles.put(GROUP, Role.MEMBER);
        state.roles.put(SECOND, Role.ADMIN);
        wire.leaves(refuse(400), refuseEach(404), left());

        assertThat(leave.leave(List.of(GROUP, SECOND), deadline))
                .containsExactly(new Refused<>(Refusal.GROUP_NOT_FOUND, 404), new Done<>(new Departed(true, false)));
        assertThat(wire.leaveRequests).containsExactly(List.of(GROUP, SECOND), List.of(GROUP), List.of(SECOND));
    }

    @Test
    void aCommunityIsLeftInItsOwnForm() {
        state.roles.put(GROUP, Role.MEMBER);
        state.roles.put(SECOND, Role.MEMBER);
        state.communities.add(GROUP);
        Node.Builder community =
                Node.element("leave").child(Node.element("linked_groups").attribute("parent_group_jid", GROUP));
        wire.leaves(
                request -> {
                    Node leave = request.child("leave").orElseThrow();
                    assertThat(leave.children()).extracting(Node::tag).containsExactly("linked_groups");
                    return new Answer.Result(result(community));
                },
                left());

        assertThat(leave.leave(List.of(GROUP, SECOND), deadline))
                .containsExactly(new Done<>(new Departed(false, false)), new Done<>(new Departed(false, false)));
        assertThat(wire.leaveRequests).containsExactly(List.of(GROUP), List.of(SECOND));
    }
}
