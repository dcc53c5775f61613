package io.greenfinch.client.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.client.stanza.Answer;
import io.greenfinch.client.stanza.Outcome.Done;
import io.greenfinch.client.stanza.Outcome.Unknown;
import io.greenfinch.client.stanza.Silence;
import io.greenfinch.client.store.LeaveIntents.Intent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Errors behind which a leave may hide (docs/adr/0009). */
final class GroupLeaveErrorsTest extends LeaveWireScript {

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404, 405, 406, 419, 423, 463})
    void anErrorAfterWhichWeAreOutWasALeave(int code) {
        state.roles.put(GROUP, Role.ADMIN);
        wire.leaves(refuse(code));
        wire.queries(GROUP, refuse(403));

        assertThat(leave()).isEqualTo(new Done<>(new Departed(true, false)));
        assertThat(wire.leaveRequests).hasSize(1);
        assertThat(state.leftByUs).containsExactly(GROUP);
    }

    @Test
    void anErrorBehindWhichNobodyCanLookIsUnknown() {
        state.roles.put(GROUP, Role.ADMIN);
        wire.leaves(refuse(403));
        wire.queries(GROUP, request -> new Answer.Unanswered());

        assertThat(leave()).isEqualTo(new Unknown<>(Silence.UNKNOWN));
        assertThat(intents.find(INSTANCE, GROUP)).map(Intent::admin).hasValue(true);
    }

    @Test
    void aRateLimitThatHidALeaveIsSeenByTheRepetition() {
        state.roles.put(GROUP, Role.ADMIN);
        wire.leaves(refuse(429), refuseEach(403));

        assertThat(leave()).isEqualTo(new Done<>(new Departed(true, false)));
    }

    @Test
    void aRateLimitForLongerThanWeHaveIsLookedBehind() {
        state.roles.put(GROUP, Role.ADMIN);
        wire.leaves(request -> new Answer.Refused(429, "rate-overlimit", Optional.of(Duration.ofSeconds(60))));
        wire.queries(GROUP, refuse(403));

        assertThat(leave()).isEqualTo(new Done<>(new Departed(true, false)));
    }

    @Test
    void anErrorForManyGroupsMayHaveLeftThem() {
        state.roles.put(GROUP, Role.ADMIN);
        state.roles.put(SECOND, Role.MEMBER);
        wire.leaves(refuse(403), refuseEach(403));

        assertThat(leave.leave(List.of(GROUP, SECOND), deadline))
                .containsExactly(new Done<>(new Departed(true, false)), new Done<>(new Departed(false, false)));
    }
}
