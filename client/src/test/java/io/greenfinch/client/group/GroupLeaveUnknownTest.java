package io.greenfinch.client.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.client.group.ScriptedWire.Reply;
import io.greenfinch.client.stanza.Answer;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Outcome.Done;
import io.greenfinch.client.stanza.Outcome.Refused;
import io.greenfinch.client.stanza.Outcome.Unknown;
import io.greenfinch.client.stanza.Refusal;
import io.greenfinch.client.stanza.Request;
import io.greenfinch.client.stanza.Silence;
import io.greenfinch.client.store.LeaveIntents.Intent;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Leaves whose outcome has to be found out (design §5). */
final class GroupLeaveUnknownTest extends LeaveWireScript {

    @ParameterizedTest
    @ValueSource(ints = {500, 503, 530})
    void aServerErrorIsFollowedByAQueryAndOneRetry(int code) {
        state.roles.put(GROUP, Role.ADMIN);
        wire.leaves(refuseEach(code), left());
        wire.queries(GROUP, listing(GROUP, Role.ADMIN));

        assertThat(leave()).isEqualTo(new Done<>(new Departed(true, false)));
        assertThat(wire.leaveRequests).hasSize(2);
        assertThat(wire.queried).hasSize(1);
    }

    @Test
    void twoServerErrorsAndStillAMemberIsNoCertainty() {
        state.roles.put(GROUP, Role.ADMIN);
        wire.leaves(refuse(500));
        wire.queries(GROUP, listing(GROUP, Role.ADMIN));

        assertThat(leave()).isEqualTo(new Unknown<>(Silence.UNKNOWN));
        assertThat(wire.leaveRequests).hasSize(2);
        assertThat(intents.find(INSTANCE, GROUP)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 404, 410})
    void aServerErrorAfterWhichWeAreOutWasALeave(int code) {
        state.roles.put(GROUP, Role.ADMIN);
        wire.leaves(refuseEach(500));
        wire.queries(GROUP, refuse(code));

        assertThat(leave()).isEqualTo(new Done<>(new Departed(true, false)));
        assertThat(wire.leaveRequests).hasSize(1);
        assertThat(state.leftByUs).containsExactly(GROUP);
    }

    @Test
    void metadataWithoutUsAfterAnUnknownOutcomeIsALeave() {
        state.roles.put(GROUP, Role.MEMBER);
        wire.leaves(request -> new Answer.Lost());
        wire.queries(GROUP, listingOthers(GROUP));

        assertThat(leave()).isEqualTo(new Done<>(new Departed(false, false)));
    }

    static List<Reply> lists() {
        return List.of(
                listingOthers(GROUP, 3), listingNobody(GROUP), request -> new Answer.Result(result(metadata(GROUP))));
    }

    @ParameterizedTest
    @MethodSource("lists")
    void aListThatIsNotWholeProvesNothing(Reply list) {
        state.roles.put(GROUP, Role.MEMBER);
        wire.leaves(refuse(503));
        wire.queries(GROUP, list);

        assertThat(leave()).isEqualTo(new Unknown<>(Silence.UNKNOWN));
        assertThat(state.roles).containsKey(GROUP);
        assertThat(intents.find(INSTANCE, GROUP)).isPresent();
    }

    @Test
    void aListInAnAddressFormThatWeDoNotKnowOfOurselvesProvesNothing() {
        state.self = new Person(FakeGroupState.SELF.pn(), Optional.empty());
        state.roles.put(GROUP, Role.MEMBER);
        wire.leaves(refuse(503));
        wire.queries(GROUP, listingOthers(GROUP));

        assertThat(leave()).isEqualTo(new Unknown<>(Silence.UNKNOWN));
        assertThat(intents.find(INSTANCE, GROUP)).isPresent();
    }

    @ParameterizedTest
    @MethodSource("lists")
    void norDoesItTellWhyWeAreNotAuthorized(Reply list) {
        state.roles.put(GROUP, Role.MEMBER);
        wire.leaves(refuseEach(401));
        wire.queries(GROUP, list);

        assertThat(leave()).isEqualTo(new Refused<>(Refusal.NOT_ALLOWED, 401));
    }

    @Test
    void anEmptyResultIsNoSuccess() {
        state.roles.put(GROUP, Role.MEMBER);
        wire.leaves(request -> new Answer.Result(result(Node.element("leave"))), left());
        wire.queries(GROUP, listing(GROUP, Role.MEMBER));

        assertThat(leave()).isEqualTo(new Done<>(new Departed(false, false)));
        assertThat(wire.leaveRequests).hasSize(2);
    }

    @Test
    void aResultAboutAnotherGroupIsNoSuccess() {
        state.roles.put(GROUP, Role.MEMBER);
        Node.Builder other = Node.element("leave").child(Node.element("group").attribute("id", SECOND));
        wire.leaves(request -> new Answer.Result(result(other)));
        wire.queries(GROUP, refuse(403));

        assertThat(leave()).isEqualTo(new Done<>(new Departed(false, false)));
        assertThat(wire.queried).containsExactly(GROUP);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "600", "99999", "x", "-1"})
    void anUnknownCodeIsNoSuccess(String code) {
        state.roles.put(GROUP, Role.MEMBER);
        Node.Builder leave = Node.element("leave")
                .child(Node.element("group").attribute("id", GROUP).attribute("error", code));
        wire.leaves(request -> new Answer.Result(result(leave)));
        wire.queries(GROUP, refuse(403));

        assertThat(leave()).isEqualTo(new Done<>(new Departed(false, false)));
        assertThat(wire.queried).containsExactly(GROUP);
    }

    @Test
    void aConnectionLostUnderTheRequestIsResolvedByAQuery() {
        state.roles.put(GROUP, Role.ADMIN);
        wire.leaves(request -> new Answer.Lost());
        wire.queries(GROUP, request -> new Answer.Lost(), refuse(403));

        assertThat(leave()).isEqualTo(new Done<>(new Departed(true, false)));
    }

    @Test
    void aLostRequestThatNeverArrivedIsSentOnceMore() {
        state.roles.put(GROUP, Role.ADMIN);
        wire.leaves(request -> new Answer.Lost(), left());
        wire.queries(GROUP, listing(GROUP, Role.ADMIN));

        assertThat(leave()).isEqualTo(new Done<>(new Departed(true, false)));
        assertThat(wire.leaveRequests).hasSize(2);
    }

    @Test
    void aRetryRefusedBecauseWeAreOutMeansThatTheFirstRequestDidIt() {
        state.roles.put(GROUP, Role.ADMIN);
        wire.leaves(request -> new Answer.Lost(), refuseEach(403));
        wire.queries(GROUP, listing(GROUP, Role.ADMIN));

        assertThat(leave()).isEqualTo(new Done<>(new Departed(true, false)));
    }

    @Test
    void aMissingAnswerLeavesTimeToFindOut() {
        state.roles.put(GROUP, Role.MEMBER);
        wire.leaves(request -> new Answer.Unanswered());
        wire.queries(GROUP, refuse(403));

        assertThat(leave()).isEqualTo(new Done<>(new Departed(false, false)));
        assertThat(clock.instant()).isEqualTo(deadline.minusSeconds(10));
    }

    @Test
    void whatCanNotBeFoundOutIsUnknown() {
        state.roles.put(GROUP, Role.MEMBER);
        wire.leaves(request -> new Answer.Unanswered());
        wire.queries(GROUP, request -> new Answer.Unanswered());

        assertThat(leave()).isEqualTo(new Unknown<>(Silence.UNKNOWN));
        assertThat(intents.find(INSTANCE, GROUP)).map(Intent::admin).hasValue(false);
    }

    @Test
    void aLinkThatStaysDownMeansThatNothingWasSent() {
        state.roles.put(GROUP, Role.MEMBER);
        wire.online = false;

        assertThat(leave()).isEqualTo(new Unknown<>(Silence.NOT_SENT));
        assertThat(intents.find(INSTANCE, GROUP)).isEmpty();
        assertThat(clock.instant()).isEqualTo(deadline);
    }

    @Test
    void aLinkThatGoesDownJustBeforeTheRequestIsWaitedFor() {
        state.roles.put(GROUP, Role.MEMBER);
        wire.leaves(request -> new Answer.NotSent(), left());

        assertThat(leave()).isEqualTo(new Done<>(new Departed(false, false)));
        assertThat(wire.leaveRequests).hasSize(2);
    }

    @Test
    void aRequestThatNeverGoesOutIsNotSent() {
        state.roles.put(GROUP, Role.MEMBER);
        wire.leaves(request -> new Answer.NotSent());

        assertThat(leave()).isEqualTo(new Unknown<>(Silence.NOT_SENT));
        assertThat(intents.find(INSTANCE, GROUP)).isEmpty();
    }

    @Test
    void aLinkThatGoesDownAfterTheRequestMakesItUnknown() {
        state.roles.put(GROUP, Role.MEMBER);
        wire.leaves(request -> {
            wire.online = false;
            return new Answer.Lost();
        });

        assertThat(leave()).isEqualTo(new Unknown<>(Silence.UNKNOWN));
        assertThat(intents.find(INSTANCE, GROUP)).isPresent();
    }

    @Test
    void anUnlinkedAccountIsTold() {
        state.roles.put(GROUP, Role.MEMBER);
        wire.leaves(request -> new Answer.NotLinked());

        assertThat(leave()).isEqualTo(new Unknown<>(Silence.NOT_LINKED));
    }

    @Test
    void anEchoAloneResolvesAnUnknownOutcome() {
        state.roles.put(GROUP, Role.ADMIN);
        wire.beforeAnswer = () -> state.watch(GROUP).left();
        wire.leaves(request -> new Answer.Lost());

        assertThat(leave()).isEqualTo(new Done<>(new Departed(true, false)));
        assertThat(wire.queried).isEmpty();
    }

    @Test
    void anEchoEndsTheWaitAtOnce() {
        state.roles.put(GROUP, Role.ADMIN);
        wire.beforeAnswer = () -> state.watch(GROUP).left();
        wire.leaves(request -> new Answer.Unanswered());

        assertThat(leave()).isEqualTo(new Done<>(new Departed(true, false)));
        assertThat(wire.pauses).isEmpty();
    }

    @Test
    void anEchoOfALeaveBeforeOursProvesNothing() {
        wire.queries(GROUP, request -> {
            state.watch(GROUP).left();
            return listingOthers(GROUP).to(request);
        });
        wire.leaves(refuseEach(403));

        assertThat(leave()).isEqualTo(new Refused<>(Refusal.NOT_A_MEMBER, 403));
    }

    @Test
    void anAnswerThatComesWhileWeAskCounts() {
        state.roles.put(GROUP, Role.ADMIN);
        wire.leaves(request -> new Answer.Unanswered());
        wire.queries(GROUP, request -> {
            wire.whileWaiting = () -> answerLate(wire.sent.getFirst());
            return new Answer.Unanswered();
        });

        assertThat(leave()).isEqualTo(new Done<>(new Departed(true, false)));
        assertThat(clock.instant()).isEqualTo(deadline.minusSeconds(10));
        assertThat(state.leftByUs).containsExactly(GROUP);
    }

    private static void answerLate(Request request) {
        request.complete(left().to(request.stanza()));
    }

    @Test
    void beingRemovedBySomebodyElseMeanwhileIsNoLeave() {
        state.roles.put(GROUP, Role.ADMIN);
        wire.beforeAnswer = () -> state.watch(GROUP).removed();
        wire.leaves(request -> new Answer.Lost());
        wire.queries(GROUP, refuse(403));

        assertThat(leave()).isEqualTo(new Refused<>(Refusal.NOT_A_MEMBER, 0));
        assertThat(state.goneSomehow).containsExactly(GROUP);
        assertThat(intents.find(INSTANCE, GROUP)).isEmpty();
    }

    @Test
    void manyUnknownOutcomesAreFoundOutForEach() {
        List<Jid> many = IntStream.rangeClosed(1, 40)
                .mapToObj(i -> Jid.group("1203630000000010" + i))
                .toList();
        for (int i = 0; i < many.size(); i++) {
            state.roles.put(many.get(i), i % 3 == 0 ? Role.ADMIN : Role.MEMBER);
            wire.queries(many.get(i), refuse(403));
        }
        wire.leaves(request -> new Answer.Lost());

        List<Outcome<Departed>> outcomes = leave.leave(many, deadline);

        for (int i = 0; i < many.size(); i++) {
            assertThat(outcomes.get(i)).isEqualTo(new Done<>(new Departed(i % 3 == 0, false)));
        }
        assertThat(wire.queried).containsExactlyInAnyOrderElementsOf(many);
    }
}
