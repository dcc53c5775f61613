package io.greenfinch.client.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.client.SteppedClock;
import io.greenfinch.client.store.LeaveIntents.Intent;
import io.greenfinch.protocol.binary.Jid;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What all {@link LeaveIntents} promise. */
@Timeout(60)
public interface LeaveIntentsContract {

    Jid GROUP = Jid.group("120363000000000001");
    Jid OTHER_GROUP = Jid.group("15550001001-1795400000");

    /** The intents of this test: none at its start, the same object throughout. */
    LeaveIntents intents();

    /** Intents on the same data, as a new process finds them after the death of this one. */
    LeaveIntents reopened();

    /** The clock that {@link #intents()} and {@link #reopened()} read. */
    SteppedClock clock();

    /** The id of an instance that may have intents, a different one for each number. */
    long instance(int number);

    @Test
    default void findsNothingAtFirst() {
        assertThat(intents().find(instance(1), GROUP)).isEmpty();
    }

    @Test
    default void findsWhatWasRecorded() {
        Intent asAdmin = intent(GROUP, true);
        Intent asMember = intent(OTHER_GROUP, false);
        intents().record(instance(1), asAdmin);
        intents().record(instance(1), asMember);

        assertThat(intents().find(instance(1), GROUP)).hasValue(asAdmin);
        assertThat(intents().find(instance(1), OTHER_GROUP)).hasValue(asMember);
    }

    @Test
    default void intentsBelongToOneInstance() {
        intents().record(instance(1), intent(GROUP, true));

        assertThat(intents().find(instance(2), GROUP)).isEmpty();

        intents().forget(instance(2), GROUP);
        intents().settle(instance(2), GROUP);
        intents().forgetAll(instance(2));
        assertThat(intents().find(instance(1), GROUP)).isPresent();
    }

    @Test
    default void theFirstOpenIntentStays() {
        Intent first = intent(GROUP, true);
        intents().record(instance(1), first);
        clock().advance(Duration.ofMinutes(5));
        intents().record(instance(1), intent(GROUP, false));

        assertThat(intents().find(instance(1), GROUP)).hasValue(first);
    }

    @Test
    default void aSettledIntentIsNotFoundUntilReopened() {
        Intent intent = intent(GROUP, true);
        intents().record(instance(1), intent);
        intents().settle(instance(1), GROUP);

        assertThat(intents().find(instance(1), GROUP)).isEmpty();

        intents().reopen(instance(1), GROUP);
        assertThat(intents().find(instance(1), GROUP)).hasValue(intent);
    }

    @Test
    default void aSettledIntentGivesWayToANewOne() {
        intents().record(instance(1), intent(GROUP, true));
        intents().settle(instance(1), GROUP);
        clock().advance(Duration.ofMinutes(5));
        Intent next = intent(GROUP, false);
        intents().record(instance(1), next);

        assertThat(intents().find(instance(1), GROUP)).hasValue(next);
    }

    @Test
    default void aForgottenIntentDoesNotComeBack() {
        intents().record(instance(1), intent(GROUP, true));
        intents().settle(instance(1), GROUP);
        intents().forget(instance(1), GROUP);
        intents().reopen(instance(1), GROUP);

        assertThat(intents().find(instance(1), GROUP)).isEmpty();
        assertThat(reopened().find(instance(1), GROUP)).isEmpty();
    }

    @Test
    default void anOpenIntentCanBeForgotten() {
        intents().record(instance(1), intent(GROUP, true));
        intents().forget(instance(1), GROUP);

        assertThat(intents().find(instance(1), GROUP)).isEmpty();
    }

    @Test
    default void allIntentsOfAnInstanceCanBeForgotten() {
        intents().record(instance(1), intent(GROUP, true));
        intents().record(instance(1), intent(OTHER_GROUP, true));
        intents().record(instance(2), intent(GROUP, false));
        intents().forgetAll(instance(1));

        assertThat(intents().find(instance(1), GROUP)).isEmpty();
        assertThat(intents().find(instance(1), OTHER_GROUP)).isEmpty();
        assertThat(intents().find(instance(2), GROUP)).isPresent();
    }

    @Test
    default void marksOnWhatIsNotThereDoNothing() {
        intents().settle(instance(1), GROUP);
        intents().reopen(instance(1), GROUP);
        intents().forget(instance(1), GROUP);
        intents().forgetAll(instance(1));

        assertThat(intents().find(instance(1), GROUP)).isEmpty();
    }

    @Test
    default void anIntentIsBelievedForADay() {
        Intent intent = intent(GROUP, true);
        intents().record(instance(1), intent);

        clock().advance(LeaveIntents.KEPT.minusSeconds(1));
        assertThat(intents().find(instance(1), GROUP)).hasValue(intent);

        clock().advance(Duration.ofSeconds(1));
        assertThat(intents().find(instance(1), GROUP)).isEmpty();
    }

    @Test
    default void anOldIntentGivesWayToANewOne() {
        intents().record(instance(1), intent(GROUP, true));
        clock().advance(LeaveIntents.KEPT);
        Intent next = intent(GROUP, false);
        intents().record(instance(1), next);

        assertThat(intents().find(instance(1), GROUP)).hasValue(next);
    }

    @Test
    default void anOpenIntentSurvivesTheProcess() {
        Intent intent = intent(GROUP, true);
        intents().record(instance(1), intent);

        assertThat(reopened().find(instance(1), GROUP)).hasValue(intent);
    }

    /** Nobody knows whether the answer went out before the process died, so the leave must still be told. */
    @Test
    default void aSettledIntentIsOpenAgainAfterTheDeathOfTheProcess() {
        Intent intent = intent(GROUP, true);
        intents().record(instance(1), intent);
        intents().settle(instance(1), GROUP);

        assertThat(reopened().find(instance(1), GROUP)).hasValue(intent);
    }

    private Intent intent(Jid group, boolean admin) {
        return new Intent(group, admin, clock().instant());
    }
}
