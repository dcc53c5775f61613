package io.greenfinch.client.leave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.greenfinch.client.SteppedClock;
import io.greenfinch.client.group.LeaveOutcome;
import io.greenfinch.client.group.LeaveOutcome.Left;
import io.greenfinch.client.group.LeaveOutcome.NoAnswer;
import io.greenfinch.client.group.LeaveOutcome.NotLeft;
import io.greenfinch.client.group.LeaveOutcome.Refusal;
import io.greenfinch.client.group.Role;
import io.greenfinch.client.group.Silence;
import io.greenfinch.client.leave.ScriptedWire.Reply;
import io.greenfinch.client.stanza.Answer;
import io.greenfinch.client.store.InMemoryLeaveIntents;
import io.greenfinch.client.store.LeaveIntents;
import io.greenfinch.client.store.LeaveIntents.Intent;
import io.greenfinch.client.store.StoreException;
import io.greenfinch.client.time.SteppedTimers;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of design §5, row by row, without a network. */
@Timeout(30)
final class LeavingTest {

    private static final long INSTANCE = 7_700_000_001L;
    private static final Jid GROUP = Jid.group("120363000000000001");
    private static final Jid SECOND = Jid.group("120363000000000002");
    private static final Jid THIRD = Jid.group("120363000000000003");

    private final SteppedClock clock = SteppedClock.atSomeTime();
    private final Instant deadline = clock.instant().plusSeconds(25);
    private final ScriptedWire wire = new ScriptedWire(clock);
    private final FakeMemberships memberships = new FakeMemberships();
    private final InMemoryLeaveIntents intents = new InMemoryLeaveIntents(clock);
    private final Leaving leaving = new Leaving(INSTANCE, wire, memberships, intents, clock, new SteppedTimers(clock));

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
    @ValueSource(ints = {500, 503, 530})
    void aServerErrorIsFollowedByAQueryAndOneRetry(int code) {
        memberships.roles.put(GROUP, Role.ADMIN);
        wire.leaves(refuseEach(code), left());
        wire.queries(GROUP, listing(GROUP, Role.ADMIN));

        assertThat(leave()).isEqualTo(new Left(true, false));
        assertThat(wire.leaveRequests).hasSize(2);
        assertThat(wire.queried).hasSize(1);
    }

    @Test
    void twoServerErrorsAndStillAMemberIsNoCertainty() {
        memberships.roles.put(GROUP, Role.ADMIN);
        wire.leaves(refuse(500));
        wire.queries(GROUP, listing(GROUP, Role.ADMIN));

        assertThat(leave()).isEqualTo(new NoAnswer(Silence.UNKNOWN));
        assertThat(wire.leaveRequests).hasSize(2);
        assertThat(intents.find(INSTANCE, GROUP)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 404, 410})
    void aServerErrorAfterWhichWeAreOutWasALeave(int code) {
        memberships.roles.put(GROUP, Role.ADMIN);
        wire.leaves(refuseEach(500));
        wire.queries(GROUP, refuse(code));

        assertThat(leave()).isEqualTo(new Left(true, false));
        assertThat(wire.leaveRequests).hasSize(1);
        assertThat(memberships.leftByUs).containsExactly(GROUP);
    }

    @Test
    void metadataWithoutUsAfterAnUnknownOutcomeIsALeave() {
        memberships.roles.put(GROUP, Role.MEMBER);
        wire.leaves(request -> new Answer.Lost());
        wire.queries(GROUP, listingOthers(GROUP));

        assertThat(leave()).isEqualTo(new Left(false, false));
    }

    @Test
    void anEmptyResultIsNoSuccess() {
        memberships.roles.put(GROUP, Role.MEMBER);
        wire.leaves(request -> new Answer.Result(result(Node.element("leave"))), left());
        wire.queries(GROUP, listing(GROUP, Role.MEMBER));

        assertThat(leave()).isEqualTo(new Left(false, false));
        assertThat(wire.leaveRequests).hasSize(2);
    }

    @Test
    void aResultAboutAnotherGroupIsNoSuccess() {
        memberships.roles.put(GROUP, Role.MEMBER);
        Node.Builder other = Node.element("leave").child(Node.element("group").attribute("id", SECOND));
        wire.leaves(request -> new Answer.Result(result(other)));
        wire.queries(GROUP, refuse(403));

        assertThat(leave()).isEqualTo(new Left(false, false));
        assertThat(wire.queried).containsExactly(GROUP);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "600", "99999", "x", "-1"})
    void anUnknownCodeIsNoSuccess(String code) {
        memberships.roles.put(GROUP, Role.MEMBER);
        Node.Builder leave = Node.element("leave")
                .child(Node.element("group").attribute("id", GROUP).attribute("error", code));
        wire.leaves(request -> new Answer.Result(result(leave)));
        wire.queries(GROUP, refuse(403));

        assertThat(leave()).isEqualTo(new Left(false, false));
        assertThat(wire.queried).containsExactly(GROUP);
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
    void aConnectionLostUnderTheRequestIsResolvedByAQuery() {
        memberships.roles.put(GROUP, Role.ADMIN);
        wire.leaves(request -> new Answer.Lost());
        wire.queries(GROUP, request -> new Answer.Lost(), refuse(403));

        assertThat(leave()).isEqualTo(new Left(true, false));
    }

    @Test
    void aLostRequestThatNeverArrivedIsSentOnceMore() {
        memberships.roles.put(GROUP, Role.ADMIN);
        wire.leaves(request -> new Answer.Lost(), left());
        wire.queries(GROUP, listing(GROUP, Role.ADMIN));

        assertThat(leave()).isEqualTo(new Left(true, false));
        assertThat(wire.leaveRequests).hasSize(2);
    }

    @Test
    void aRetryRefusedBecauseWeAreOutMeansThatTheFirstRequestDidIt() {
        memberships.roles.put(GROUP, Role.ADMIN);
        wire.leaves(request -> new Answer.Lost(), refuseEach(403));
        wire.queries(GROUP, listing(GROUP, Role.ADMIN));

        assertThat(leave()).isEqualTo(new Left(true, false));
    }

    @Test
    void aMissingAnswerLeavesTimeToFindOut() {
        memberships.roles.put(GROUP, Role.MEMBER);
        wire.leaves(request -> new Answer.Unanswered());
        wire.queries(GROUP, refuse(403));

        assertThat(leave()).isEqualTo(new Left(false, false));
        assertThat(clock.instant()).isEqualTo(deadline.minusSeconds(10));
    }

    @Test
    void whatCanNotBeFoundOutIsUnknown() {
        memberships.roles.put(GROUP, Role.MEMBER);
        wire.leaves(request -> new Answer.Unanswered());
        wire.queries(GROUP, request -> new Answer.Unanswered());

        assertThat(leave()).isEqualTo(new NoAnswer(Silence.UNKNOWN));
        assertThat(intents.find(INSTANCE, GROUP)).map(Intent::admin).hasValue(false);
    }

    @Test
    void aLinkThatStaysDownMeansThatNothingWasSent() {
        memberships.roles.put(GROUP, Role.MEMBER);
        wire.online = false;

        assertThat(leave()).isEqualTo(new NoAnswer(Silence.NOT_SENT));
        assertThat(intents.find(INSTANCE, GROUP)).isEmpty();
        assertThat(clock.instant()).isEqualTo(deadline);
    }

    @Test
    void aLinkThatGoesDownAfterTheRequestMakesItUnknown() {
        memberships.roles.put(GROUP, Role.MEMBER);
        wire.leaves(request -> {
            wire.online = false;
            return new Answer.Lost();
        });

        assertThat(leave()).isEqualTo(new NoAnswer(Silence.UNKNOWN));
        assertThat(intents.find(INSTANCE, GROUP)).isPresent();
    }

    @Test
    void anUnlinkedAccountIsTold() {
        memberships.roles.put(GROUP, Role.MEMBER);
        wire.leaves(request -> new Answer.NotLinked());

        assertThat(leave()).isEqualTo(new NoAnswer(Silence.NOT_LINKED));
    }

    @Test
    void theRoleIsThatOfTheMomentOfSendingAlthoughTheEchoComesFirst() {
        memberships.roles.put(GROUP, Role.ADMIN);
        wire.beforeAnswer = () -> {
            memberships.outside(GROUP, true);
            memberships.watch(GROUP).sawLeave();
        };
        wire.leaves(left());

        assertThat(leave()).isEqualTo(new Left(true, false));
        assertThat(memberships.leftByUs).containsExactly(GROUP);
    }

    @Test
    void anEchoAloneResolvesAnUnknownOutcome() {
        memberships.roles.put(GROUP, Role.ADMIN);
        wire.beforeAnswer = () -> memberships.watch(GROUP).sawLeave();
        wire.leaves(request -> new Answer.Lost());

        assertThat(leave()).isEqualTo(new Left(true, false));
        assertThat(wire.queried).isEmpty();
    }

    @Test
    void beingRemovedBySomebodyElseMeanwhileIsNoLeave() {
        memberships.roles.put(GROUP, Role.ADMIN);
        wire.beforeAnswer = () -> memberships.watch(GROUP).sawRemoval();
        wire.leaves(request -> new Answer.Lost());
        wire.queries(GROUP, refuse(403));

        assertThat(leave()).isEqualTo(new NotLeft(Refusal.NOT_A_MEMBER));
        assertThat(memberships.goneSomehow).containsExactly(GROUP);
        assertThat(intents.find(INSTANCE, GROUP)).isEmpty();
    }

    @Test
    void aRepeatOfAnUnknownLeaveTellsItsTrueResult() {
        intents.record(INSTANCE, new Intent(GROUP, true, clock.instant()));
        wire.queries(GROUP, refuse(403));

        assertThat(leave()).isEqualTo(new Left(true, true));
    }

    @Test
    void aRepeatWhoseGroupIsGoneTellsItsTrueResult() {
        intents.record(INSTANCE, new Intent(GROUP, false, clock.instant()));
        wire.queries(GROUP, refuse(404));

        assertThat(leave()).isEqualTo(new Left(false, true));
    }

    @Test
    void aRepeatAgainstAStaleStateTellsTheTrueResult() {
        intents.record(INSTANCE, new Intent(GROUP, true, clock.instant()));
        memberships.roles.put(GROUP, Role.MEMBER);
        wire.leaves(refuseEach(403));

        assertThat(leave()).isEqualTo(new Left(true, true));
    }

    @Test
    void aRepeatWhileStillAMemberLeavesNow() {
        intents.record(INSTANCE, new Intent(GROUP, true, clock.instant()));
        memberships.roles.put(GROUP, Role.MEMBER);
        wire.leaves(left());

        assertThat(leave()).isEqualTo(new Left(false, false));
    }

    @Test
    void aRepeatThatLearnsNothingIsUnknownAndCanBeRepeated() {
        intents.record(INSTANCE, new Intent(GROUP, true, clock.instant()));
        wire.online = false;

        assertThat(leave()).isEqualTo(new NoAnswer(Silence.UNKNOWN));
        assertThat(intents.find(INSTANCE, GROUP)).isPresent();
    }

    @Test
    void aRepeatAfterADayIsNotBelieved() {
        intents.record(INSTANCE, new Intent(GROUP, true, clock.instant().minus(LeaveIntents.KEPT)));
        wire.queries(GROUP, refuse(403));

        assertThat(leave()).isEqualTo(new NotLeft(Refusal.NOT_A_MEMBER));
    }

    @Test
    void theIntentIsThereBeforeTheStanzaAndSettledWithTheAnswer() {
        memberships.roles.put(GROUP, Role.ADMIN);
        wire.leaves(request -> {
            assertThat(intents.find(INSTANCE, GROUP)).map(Intent::admin).hasValue(true);
            return left().to(request);
        });
        leave();

        assertThat(intents.find(INSTANCE, GROUP)).isEmpty();
        leaving.answered(List.of(GROUP), false);
        assertThat(intents.find(INSTANCE, GROUP)).isPresent();
    }

    @Test
    void anAnswerThatWasDeliveredEndsTheMemory() {
        memberships.roles.put(GROUP, Role.ADMIN);
        wire.leaves(left());
        leave();
        leaving.answered(List.of(GROUP), true);
        leaving.answered(List.of(GROUP), false);
        wire.queries(GROUP, refuse(403));

        assertThat(leave()).isEqualTo(new NotLeft(Refusal.NOT_A_MEMBER));
    }

    @Test
    void anAnswerThatWasNotDeliveredIsGivenAgain() {
        memberships.roles.put(GROUP, Role.ADMIN);
        wire.leaves(left());
        leave();
        leaving.answered(List.of(GROUP), false);
        wire.queries(GROUP, refuse(403));

        assertThat(leave()).isEqualTo(new Left(true, true));
    }

    @Test
    void tellingAnUnknownOutcomeDoesNotEndItsMemory() {
        memberships.roles.put(GROUP, Role.ADMIN);
        wire.leaves(request -> new Answer.Unanswered());
        wire.queries(GROUP, request -> new Answer.Unanswered());
        leave();
        leaving.answered(List.of(GROUP), true);

        assertThat(intents.find(INSTANCE, GROUP)).isPresent();
    }

    @Test
    void aRoleThatChangedBeforeTheStanzaIsRememberedAsItWasThen() {
        memberships.roles.put(GROUP, Role.MEMBER);
        wire.leaves(request -> new Answer.Unanswered());
        wire.queries(GROUP, request -> new Answer.Unanswered());
        LeaveIntents promoting = new PromotingIntents(intents, memberships);
        Leaving late = new Leaving(INSTANCE, wire, memberships, promoting, clock, new SteppedTimers(clock));

        assertThat(late.leave(List.of(GROUP), deadline)).containsExactly(new NoAnswer(Silence.UNKNOWN));
        assertThat(intents.find(INSTANCE, GROUP)).map(Intent::admin).hasValue(true);
    }

    @Test
    void withoutAnIntentNothingIsSent() {
        memberships.roles.put(GROUP, Role.ADMIN);
        LeaveIntents broken = new PromotingIntents(intents, memberships) {
            @Override
            public void record(long instance, Intent intent) {
                throw new StoreException("disk full");
            }
        };
        Leaving failing = new Leaving(INSTANCE, wire, memberships, broken, clock, new SteppedTimers(clock));

        assertThatThrownBy(() -> failing.leave(List.of(GROUP), deadline)).isInstanceOf(StoreException.class);
        assertThat(wire.leaveRequests).isEmpty();
        assertThat(memberships.watches).isEmpty();
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

    @Test
    void manyUnknownOutcomesAreFoundOutForEach() {
        List<Jid> many = IntStream.rangeClosed(1, 40)
                .mapToObj(i -> Jid.group("1203630000000010" + i))
                .toList();
        for (int i = 0; i < many.size(); i++) {
            memberships.roles.put(many.get(i), i % 3 == 0 ? Role.ADMIN : Role.MEMBER);
            wire.queries(many.get(i), refuse(403));
        }
        wire.leaves(request -> new Answer.Lost());

        List<LeaveOutcome> outcomes = leaving.leave(many, deadline);

        for (int i = 0; i < many.size(); i++) {
            assertThat(outcomes.get(i)).isEqualTo(new Left(i % 3 == 0, false));
        }
        assertThat(wire.queried).containsExactlyInAnyOrderElementsOf(many);
    }

    private LeaveOutcome leave() {
        return leaving.leave(List.of(GROUP), deadline).getFirst();
    }

    private static Node result(Node.Builder content) {
        return Node.element("iq")
                .attribute("from", Jid.GROUP_SERVER)
                .attribute("type", "result")
                .child(content)
                .build();
    }

    private static Reply left() {
        return request -> new Answer.Result(result(request.child("leave").orElseThrow().toBuilder()));
    }

    private static Reply refuseEach(int code) {
        return request -> {
            Node.Builder leave = Node.element("leave");
            ScriptedWire.asked(request)
                    .forEach(group -> leave.child(
                            Node.element("group").attribute("id", group).attribute("error", code)));
            return new Answer.Result(result(leave));
        };
    }

    private static Reply refuse(int code) {
        return request -> new Answer.Refused(code, "refused", Optional.empty());
    }

    private static Reply listing(Jid group, Role role) {
        Node.Builder self = Node.element("participant")
                .attribute("jid", Jid.lid("900000000000001"))
                .attribute("type", role == Role.MEMBER ? "" : role == Role.ADMIN ? "admin" : "superadmin");
        return request -> new Answer.Result(result(metadata(group).child(self)));
    }

    private static Reply listingOthers(Jid group) {
        return request -> new Answer.Result(result(metadata(group)));
    }

    private static Node.Builder metadata(Jid group) {
        return Node.element("group")
                .attribute("id", group.user())
                .child(Node.element("participant").attribute("jid", Jid.lid("900000000000002")));
    }
}
