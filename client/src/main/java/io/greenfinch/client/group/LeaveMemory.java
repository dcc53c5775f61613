package io.greenfinch.client.group;

import io.greenfinch.client.stanza.Attempt;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.store.LeaveIntents;
import io.greenfinch.client.store.LeaveIntents.Intent;
import io.greenfinch.client.time.SteadyClock;
import io.greenfinch.protocol.binary.Jid;
import java.time.Clock;
import java.util.Optional;

/** What one instance remembers of its leaves until their callers have been told. Thread-safe; blocks as {@link LeaveIntents}. */
final class LeaveMemory {

    private final long instance;
    private final LeaveIntents intents;
    private final Clock clock;

    LeaveMemory(long instance, LeaveIntents intents, Clock clock) {
        this.instance = instance;
        this.intents = intents;
        this.clock = SteadyClock.wall(clock);
    }

    /** A leave of an earlier call whose outcome nobody was told. */
    Optional<Intent> open(Jid group) {
        return intents.find(instance, group);
    }

    /** A stanza is about to go out: from here on a crash can be resolved by asking again. */
    void begin(Departure departure, boolean admin) {
        intents.record(instance, new Intent(departure.group, admin, clock.instant()));
        departure.recordedAdmin = admin;
    }

    /** What a later call, or a later process, must know of this one. */
    void end(Attempt<Departure, Departed> attempt, Outcome<Departed> outcome) {
        Departure departure = attempt.subject();
        switch (outcome) {
            case Outcome.Done<Departed>(Departed left) -> {
                intents.settle(instance, departure.group);
                if (!left.earlier() && left.admin() != recordedAdmin(departure)) {
                    // An answer that does not arrive has to be given again as it is.
                    intents.record(instance, new Intent(departure.group, left.admin(), clock.instant()));
                    intents.settle(instance, departure.group);
                }
            }
            case Outcome.Refused<Departed> notLeft -> intents.forget(instance, departure.group);
            case Outcome.Unknown<Departed> none -> {
                if (departure.open.isEmpty() && departure.recordedAdmin != null) {
                    correct(attempt, departure.recordedAdmin);
                }
            }
        }
    }

    /** What a later call would tell of our role. */
    private static boolean recordedAdmin(Departure departure) {
        return departure.open.map(Intent::admin).orElse(Boolean.TRUE.equals(departure.recordedAdmin));
    }

    private void correct(Attempt<Departure, Departed> attempt, boolean recordedAdmin) {
        Departure departure = attempt.subject();
        boolean sentAsRecorded = attempt.mayBeDone() && departure.wasAdmin() == recordedAdmin;
        if (!sentAsRecorded) {
            intents.forget(instance, departure.group);
        }
        if (attempt.mayBeDone() && !sentAsRecorded) {
            intents.record(instance, new Intent(departure.group, departure.wasAdmin(), clock.instant()));
        }
    }

    /** The caller has heard that we left this group, or has not. */
    void answered(Jid group, boolean delivered) {
        if (delivered) {
            intents.forget(instance, group);
        } else {
            intents.reopen(instance, group);
        }
    }
}
