package io.greenfinch.client.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.greenfinch.client.stanza.Answer;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Outcome.Done;
import io.greenfinch.client.stanza.Outcome.Refused;
import io.greenfinch.client.stanza.Outcome.Unknown;
import io.greenfinch.client.stanza.Refusal;
import io.greenfinch.client.stanza.Silence;
import io.greenfinch.client.store.LeaveIntents;
import io.greenfinch.client.store.LeaveIntents.Intent;
import io.greenfinch.client.store.StoreException;
import io.greenfinch.client.time.SteppedTimers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What is remembered of leaves until their answer has been delivered (design §5). */
final class GroupLeaveMemoryTest extends LeaveWireScript {

    private final AtomicReference<Outcome<Departed>> repeated = new AtomicReference<>(new Unknown<>(Silence.NOT_SENT));

    @Test
    void aRepeatOfAnUnknownLeaveTellsItsTrueResult() {
        intents.record(INSTANCE, new Intent(GROUP, true, clock.instant()));
        wire.queries(GROUP, refuse(403));

        assertThat(leave()).isEqualTo(new Done<>(new Departed(true, true)));
    }

    @Test
    void aRepeatWhoseGroupIsGoneTellsItsTrueResult() {
        intents.record(INSTANCE, new Intent(GROUP, false, clock.instant()));
        wire.queries(GROUP, refuse(404));

        assertThat(leave()).isEqualTo(new Done<>(new Departed(false, true)));
    }

    @Test
    void aRepeatAgainstAStaleStateTellsTheTrueResult() {
        intents.record(INSTANCE, new Intent(GROUP, true, clock.instant()));
        state.roles.put(GROUP, Role.MEMBER);
        wire.leaves(refuseEach(403));

        assertThat(leave()).isEqualTo(new Done<>(new Departed(true, true)));
    }

    @Test
    void aRepeatWhileStillAMemberLeavesNow() {
        intents.record(INSTANCE, new Intent(GROUP, true, clock.instant()));
        state.roles.put(GROUP, Role.MEMBER);
        wire.leaves(left());

        assertThat(leave()).isEqualTo(new Done<>(new Departed(false, false)));
    }

    @Test
    void aRepeatThatLearnsNothingIsUnknownAndCanBeRepeated() {
        intents.record(INSTANCE, new Intent(GROUP, true, clock.instant()));
        wire.online = false;

        assertThat(leave()).isEqualTo(new Unknown<>(Silence.UNKNOWN));
        assertThat(intents.find(INSTANCE, GROUP)).isPresent();
    }

    @Test
    void aRepeatAfterADayIsNotBelieved() {
        intents.record(INSTANCE, new Intent(GROUP, true, clock.instant().minus(LeaveIntents.KEPT)));
        wire.queries(GROUP, refuse(403));

        assertThat(leave()).isEqualTo(new Refused<>(Refusal.NOT_A_MEMBER, 403));
    }

    @Test
    void theIntentIsThereBeforeTheStanzaAndSettledWithTheAnswer() {
        state.roles.put(GROUP, Role.ADMIN);
        wire.leaves(request -> {
            assertThat(intents.find(INSTANCE, GROUP)).map(Intent::admin).hasValue(true);
            return left().to(request);
        });
        leave();

        assertThat(intents.find(INSTANCE, GROUP)).isEmpty();
        leave.answered(List.of(GROUP), false);
        assertThat(intents.find(INSTANCE, GROUP)).isPresent();
    }

    @Test
    void anAnswerThatWasDeliveredEndsTheMemory() {
        state.roles.put(GROUP, Role.ADMIN);
        wire.leaves(left());
        leave();
        leave.answered(List.of(GROUP), true);
        leave.answered(List.of(GROUP), false);
        wire.queries(GROUP, refuse(403));

        assertThat(leave()).isEqualTo(new Refused<>(Refusal.NOT_A_MEMBER, 403));
    }

    @Test
    void anAnswerThatWasNotDeliveredIsGivenAgain() {
        state.roles.put(GROUP, Role.ADMIN);
        wire.leaves(left());
        leave();
        leave.answered(List.of(GROUP), false);
        wire.queries(GROUP, refuse(403));

        assertThat(leave()).isEqualTo(new Done<>(new Departed(true, true)));
    }

    @Test
    void aRepeatWaitsUntilItIsKnownWhetherTheCallerHasHeard() throws InterruptedException {
        state.roles.put(GROUP, Role.ADMIN);
        wire.leaves(left());
        leave();
        wire.queries(GROUP, refuse(403));
        Thread repeat = Thread.ofVirtual().start(() -> repeated.set(leave()));
        await().until(() -> timers.waitingFor(deadline));
        assertThat(wire.queried).isEmpty();

        leave.answered(List.of(GROUP), false);
        repeat.join();
        assertThat(repeated).hasValue(new Done<>(new Departed(true, true)));
    }

    @Test
    void aHostThatNeverTellsKeepsNobodyWaitingForLong() throws InterruptedException {
        state.roles.put(GROUP, Role.ADMIN);
        wire.leaves(left());
        leave();
        wire.queries(GROUP, refuse(403));
        Thread repeat = Thread.ofVirtual().start(() -> repeated.set(leave()));
        await().until(() -> timers.waitingFor(deadline));

        timers.advance(Duration.ofSeconds(10));
        repeat.join();
        assertThat(repeated).hasValue(new Done<>(new Departed(true, true)));
    }

    @Test
    void tellingAnUnknownOutcomeDoesNotEndItsMemory() {
        state.roles.put(GROUP, Role.ADMIN);
        wire.leaves(request -> new Answer.Unanswered());
        wire.queries(GROUP, request -> new Answer.Unanswered());
        leave();
        leave.answered(List.of(GROUP), true);

        assertThat(intents.find(INSTANCE, GROUP)).isPresent();
    }

    @Test
    void aRoleThatChangedBeforeTheStanzaIsRememberedAsItWasThen() {
        state.roles.put(GROUP, Role.MEMBER);
        wire.leaves(request -> new Answer.Unanswered());
        wire.queries(GROUP, request -> new Answer.Unanswered());
        LeaveIntents promoting = new PromotingIntents(intents, state);
        GroupLeave late = new GroupLeave(INSTANCE, wire, state, promoting, new SteppedTimers(clock));

        assertThat(late.leave(List.of(GROUP), deadline)).containsExactly(new Unknown<>(Silence.UNKNOWN));
        assertThat(intents.find(INSTANCE, GROUP)).map(Intent::admin).hasValue(true);
    }

    @Test
    void withoutAnIntentNothingIsSent() {
        state.roles.put(GROUP, Role.ADMIN);
        LeaveIntents broken = new PromotingIntents(intents, state) {
            @Override
            public void record(long instance, Intent intent) {
                throw new StoreException("disk full");
            }
        };
        GroupLeave failing = new GroupLeave(INSTANCE, wire, state, broken, new SteppedTimers(clock));

        assertThatThrownBy(() -> failing.leave(List.of(GROUP), deadline)).isInstanceOf(StoreException.class);
        assertThat(wire.leaveRequests).isEmpty();
        assertThat(state.watches).isEmpty();
    }
}
