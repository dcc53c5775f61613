package io.greenfinch.client.leave;

import io.greenfinch.client.group.GroupAnswers;
import io.greenfinch.client.group.GroupRequests;
import io.greenfinch.client.group.KnownGroup;
import io.greenfinch.client.group.Silence;
import io.greenfinch.client.stanza.Answer;
import io.greenfinch.client.stanza.Exchange;
import io.greenfinch.client.stanza.Wire;
import io.greenfinch.protocol.binary.Jid;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Asks WhatsApp whether we are in a group, for as long as it takes until the deadline. */
final class Inquiry {

    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);

    private final Wire wire;
    private final Memberships memberships;
    private final Clock clock;

    Inquiry(Wire wire, Memberships memberships, Clock clock) {
        this.wire = wire;
        this.memberships = memberships;
        this.clock = clock;
    }

    /**
     * Our standing in the group.
     *
     * @param departure decides what it means if we are out: after a stanza of ours it was a leave
     */
    Standing ask(Departure departure, Instant deadline) {
        Jid group = departure.group;
        Duration wait = FIRST_WAIT;
        Silence why = Silence.NOT_SENT;
        while (true) {
            Answer answer = wire.ask(GroupRequests.query(group), deadline, observing(departure));
            switch (answer) {
                case Answer.Result result -> {
                    Optional<KnownGroup> found = GroupAnswers.queried(answer, group);
                    if (found.isPresent()) {
                        return memberships.lists(found.get()) ? new Standing.Member() : new Standing.Unlisted();
                    }
                    why = Silence.UNKNOWN;
                }
                case Answer.Refused refused -> {
                    if (refused.code() == 429) {
                        why = Silence.RATE_LIMITED;
                        wait = refused.backoff().filter(Duration::isPositive).orElse(wait);
                    } else if (refused.code() >= 500) {
                        why = Silence.UNKNOWN;
                    } else {
                        return switch (refused.code()) {
                            case 403 -> new Standing.NotMember();
                            case 404, 410 -> new Standing.NoGroup();
                            default -> new Standing.Undisclosed();
                        };
                    }
                }
                case Answer.Lost lost -> {
                    why = Silence.UNKNOWN;
                    continue; // asking twice does no harm
                }
                case Answer.Unanswered none -> {
                    return new Standing.Unheard(Silence.UNKNOWN);
                }
                case Answer.NotSent none -> {
                    return new Standing.Unheard(why);
                }
                case Answer.NotLinked none -> {
                    return new Standing.Unheard(Silence.NOT_LINKED);
                }
            }
            Instant next = clock.instant().plus(wait);
            if (!next.isBefore(deadline) || !wire.pause(next)) {
                return new Standing.Unheard(why);
            }
            wait = wait.multipliedBy(2);
        }
    }

    private Exchange observing(Departure departure) {
        return new Exchange() {
            @Override
            public void answered(Answer answer) {
                Optional<KnownGroup> found = GroupAnswers.queried(answer, departure.group);
                boolean gone = answer instanceof Answer.Refused refused
                        && (refused.code() == 403 || refused.code() == 404 || refused.code() == 410);
                if (gone || (found.isPresent() && !memberships.lists(found.get()))) {
                    boolean byUs = departure.unknown || departure.open.isPresent();
                    memberships.outside(departure.group, byUs && !departure.watch.removed());
                } else {
                    found.ifPresent(memberships::fetched);
                }
            }
        };
    }
}
