package io.greenfinch.client.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.greenfinch.client.group.LeaveOutcome.Left;
import io.greenfinch.client.group.LeaveOutcome.NoAnswer;
import io.greenfinch.client.group.LeaveOutcome.NotLeft;
import io.greenfinch.client.group.LeaveOutcome.Refusal;
import io.greenfinch.client.stanza.Answer;
import io.greenfinch.client.store.LeaveIntents;
import io.greenfinch.client.store.LeaveIntents.Intent;
import io.greenfinch.client.store.StoreException;
import io.greenfinch.client.time.SteppedTimers;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is remembered of leaves until their answer has been delivered (design §5). */
final class LeavingMemoryTest extends LeavingScript {

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
}
