package io.greenfinch.client.group;

import io.greenfinch.client.group.DoorOutcome.Done;
import io.greenfinch.client.group.DoorOutcome.NoAnswer;
import io.greenfinch.client.group.DoorOutcome.NotDone;
import io.greenfinch.client.group.GroupInquiry.Finding;
import io.greenfinch.client.group.OwnMembership.Place;
import io.greenfinch.client.stanza.Answer;
import io.greenfinch.client.stanza.Exchange;
import io.greenfinch.client.stanza.Patience;
import io.greenfinch.client.stanza.Wire;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Comes into groups, and finds out what became of it: after a lost answer the group is asked. Thread-safe; blocks. */
final class Entering {

    private final Wire wire;
    private final Clock clock;
    private final OwnMembership membership;
    private final Reading reading;

    Entering(Wire wire, Clock clock, OwnMembership membership, Reading reading) {
        this.wire = wire;
        this.clock = clock;
        this.membership = membership;
        this.reading = reading;
    }

    DoorOutcome<Entry> join(InviteCode code, Instant deadline) {
        // Which group it is must be known, should the answer get lost.
        return switch (reading.find(code, deadline)) {
            case Done<InvitedGroup>(InvitedGroup found) ->
                enter(found.group().id(), DoorRequests.join(code), true, deadline);
            case NotDone<InvitedGroup>(DoorRefusal reason, int refusal) -> new NotDone<>(reason, refusal);
            case NoAnswer<InvitedGroup>(Silence why) -> new NoAnswer<>(unsent(why));
        };
    }

    DoorOutcome<Entry> accept(Invitation invitation, Instant deadline) {
        return enter(invitation.group(), DoorRequests.accept(invitation), false, deadline);
    }

    /** A question that was not answered: of what it was asked for, nothing was sent. */
    static Silence unsent(Silence why) {
        return why == Silence.UNKNOWN ? Silence.NOT_SENT : why;
    }

    /** @param told whether the result tells if we are in or have to wait */
    private DoorOutcome<Entry> enter(Jid group, Node request, boolean told, Instant deadline) {
        // What the session knows may be old by now, and would decide whose doing it is that we are in.
        Finding before = membership.ask(group, deadline);
        if (before instanceof Finding.Unheard(Silence why)) {
            return new NoAnswer<>(unsent(why));
        }
        Place place = membership.placeIn(before);
        return place == Place.ADMIN || place == Place.MEMBER
                ? new NotDone<>(DoorRefusal.ALREADY_A_MEMBER, 0)
                : new Attempt(group, request, told, deadline).run();
    }

    /** One call. Belongs to the caller's thread. */
    private final class Attempt {

        private final Jid group;
        private final Node request;
        private final boolean told;
        private final Patience patience;

        /** A stanza went out, and nobody knows what became of it. */
        private boolean unknown;

        private boolean retried;

        Attempt(Jid group, Node request, boolean told, Instant deadline) {
            this.group = group;
            this.request = request;
            this.told = told;
            this.patience = new Patience(wire, clock, deadline);
        }

        DoorOutcome<Entry> run() {
            Optional<DoorOutcome<Entry>> outcome;
            do {
                outcome = judged(wire.ask(request, patience.answerBy(), Exchange.UNOBSERVED));
            } while (outcome.isEmpty());
            return outcome.get();
        }

        private Optional<DoorOutcome<Entry>> judged(Answer answer) {
            return switch (answer) {
                case Answer.Result(Node iq) when !told -> Optional.of(accepted());
                case Answer.Result(Node iq) -> {
                    Optional<Entry> entry = DoorAnswers.entry(iq);
                    yield entry.isPresent() ? Optional.of(new Done<>(entry.get())) : look();
                }
                case Answer.Refused refused
                when refused.code() == 429 -> pause(refused.backoff(), Silence.RATE_LIMITED);
                case Answer.Refused refused
                when refused.code() == 304 || isRefusal(refused.code()) ->
                    Optional.of(unknown ? late(refused.code()) : not(refused.code()));
                case Answer.Refused failed -> look();
                case Answer.Lost lost -> look();
                case Answer.Unanswered none -> look();
                case Answer.NotSent none -> pause(Optional.empty(), Silence.NOT_SENT);
                case Answer.NotLinked none ->
                    Optional.of(new NoAnswer<>(unknown ? Silence.UNKNOWN : Silence.NOT_LINKED));
            };
        }

        private static boolean isRefusal(int code) {
            return code >= 400 && code <= 499;
        }

        private static DoorOutcome<Entry> not(int code) {
            return new NotDone<>(DoorRefusal.ofEntry(code), code);
        }

        private DoorOutcome<Entry> joined() {
            return new Done<>(new Entry(group, false));
        }

        /** The invitation was taken, and the answer does not say whether it was enough. */
        private DoorOutcome<Entry> accepted() {
            return switch (membership.place(group, patience.deadline())) {
                case ADMIN, MEMBER -> joined();
                case OUTSIDE -> new Done<>(new Entry(group, true));
                case NO_GROUP, UNDISCLOSED, UNHEARD -> new NoAnswer<>(Silence.UNKNOWN);
            };
        }

        /** A repeat was refused, perhaps because the stanza before it was carried out. */
        private DoorOutcome<Entry> late(int code) {
            return switch (DoorRefusal.ofEntry(code)) {
                case ALREADY_A_MEMBER -> joined();
                case AWAITS_APPROVAL -> new Done<>(new Entry(group, true));
                default ->
                    switch (membership.place(group, patience.deadline())) {
                        case ADMIN, MEMBER -> joined();
                        // Outside, the stanza before may have made a request that waits: nobody tells us.
                        case OUTSIDE, NO_GROUP, UNDISCLOSED, UNHEARD -> new NoAnswer<>(Silence.UNKNOWN);
                    };
            };
        }

        /** Nobody knows what became of the stanza; who is not in the group may wait, which only a repeat tells. */
        private Optional<DoorOutcome<Entry>> look() {
            unknown = true;
            return switch (membership.place(group, patience.deadline())) {
                case ADMIN, MEMBER -> Optional.of(joined());
                case UNDISCLOSED, UNHEARD -> Optional.of(new NoAnswer<>(Silence.UNKNOWN));
                case OUTSIDE, NO_GROUP -> {
                    if (retried) {
                        yield Optional.of(new NoAnswer<>(Silence.UNKNOWN));
                    }
                    retried = true;
                    yield pause(Optional.of(Patience.FIRST_WAIT), Silence.UNKNOWN);
                }
            };
        }

        private Optional<DoorOutcome<Entry>> pause(Optional<Duration> wanted, Silence otherwise) {
            return patience.pause(wanted)
                    ? Optional.empty()
                    : Optional.of(new NoAnswer<>(unknown ? Silence.UNKNOWN : otherwise));
        }
    }
}
