package io.greenfinch.client.group;

import io.greenfinch.client.stanza.Answer;
import io.greenfinch.client.stanza.Exchange;
import io.greenfinch.client.stanza.Wire;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One round of leave stanzas: as a rule a single one for all groups. */
final class LeaveRequest {

    private final Wire wire;
    private final Memberships memberships;
    private final Clock clock;

    LeaveRequest(Wire wire, Memberships memberships, Clock clock) {
        this.wire = wire;
        this.memberships = memberships;
        this.clock = clock;
    }

    /** Sends, waits for the answers and gives every departure its verdict, or gives it up. */
    void send(List<Departure> batch, Instant deadline) {
        List<Departure> together = new ArrayList<>();
        for (Departure departure : batch) {
            if (memberships.isCommunity(departure.group)) {
                exchange(GroupRequests.leaveCommunity(departure.group), List.of(departure), deadline);
            } else if (departure.alone) {
                exchange(GroupRequests.leave(List.of(departure.group)), List.of(departure), deadline);
            } else {
                together.add(departure);
            }
        }
        if (!together.isEmpty()) {
            List<Jid> groups =
                    together.stream().map(departure -> departure.group).toList();
            exchange(GroupRequests.leave(groups), together, deadline);
        }
    }

    private void exchange(Node leave, List<Departure> departures, Instant deadline) {
        Answer answer = wire.ask(leave, answerBy(deadline), observing(departures));
        for (Departure departure : departures) {
            switch (answer) {
                case Answer.Result result -> verdict(departure, Verdict.of(result, departure.group), Optional.empty());
                case Answer.Refused refused -> {
                    Verdict verdict = Verdict.of(refused.code());
                    if (departures.size() > 1 && concernsOneOf(verdict)) {
                        departure.alone = true;
                        departure.verdict(Verdict.WAIT);
                    } else {
                        verdict(
                                departure,
                                verdict == Verdict.LEFT ? Verdict.QUERY_OUTCOME : verdict,
                                refused.backoff());
                    }
                }
                case Answer.Lost lost -> departure.verdict(Verdict.QUERY_OUTCOME);
                case Answer.Unanswered none -> departure.verdict(Verdict.QUERY_OUTCOME);
                case Answer.NotSent none -> {
                    departure.verdict(Verdict.NOT_SENT);
                    departure.backOff(Optional.empty());
                }
                case Answer.NotLinked none -> departure.giveUp(Silence.NOT_LINKED);
            }
        }
    }

    private static void verdict(Departure departure, Verdict verdict, Optional<Duration> backoff) {
        departure.verdict(verdict);
        if (verdict == Verdict.WAIT) {
            departure.backOff(backoff);
        }
    }

    /** An error of this kind is about some group of the batch, and does not say which; nothing was left. */
    private static boolean concernsOneOf(Verdict verdict) {
        return switch (verdict) {
            case NOT_A_MEMBER, GROUP_NOT_FOUND, NOT_ALLOWED, LOCKED, QUERY_REASON -> true;
            case LEFT, WAIT, NOT_SENT, QUERY_OUTCOME -> false;
        };
    }

    /** Leaves time to find out, should no answer come although the connection lives. */
    private Instant answerBy(Instant deadline) {
        Duration remaining = Duration.between(clock.instant(), deadline);
        return remaining.isPositive()
                ? clock.instant().plus(remaining.multipliedBy(3).dividedBy(5))
                : deadline;
    }

    private Exchange observing(List<Departure> departures) {
        return new Exchange() {
            private long asked;

            @Override
            public void sent() {
                asked = memberships.moment();
                departures.forEach(departure -> departure.atSending(memberships.listedAs(departure.group)));
            }

            @Override
            public void answered(Answer answer) {
                if (answer instanceof Answer.Result result) {
                    for (Departure departure : departures) {
                        if (Verdict.of(result, departure.group) == Verdict.LEFT) {
                            memberships.outside(departure.group, true, asked);
                        }
                    }
                }
            }
        };
    }
}
