package io.greenfinch.client.group;

import io.greenfinch.client.group.DoorOutcome.Done;
import io.greenfinch.client.group.DoorOutcome.NoAnswer;
import io.greenfinch.client.group.DoorOutcome.NotDone;
import io.greenfinch.client.group.GroupInquiry.Finding;
import io.greenfinch.client.stanza.Answer;
import io.greenfinch.client.stanza.Exchange;
import io.greenfinch.client.stanza.Patience;
import io.greenfinch.client.stanza.Wire;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Decides about people at the door, and finds out what became of it: after a lost answer the list of requests and the group
 * are asked. About people, nothing but the element of that very person counts. Thread-safe; blocks.
 */
final class Deciding {

    private final Wire wire;
    private final Clock clock;
    private final OwnMembership membership;
    private final Reading reading;

    Deciding(Wire wire, Clock clock, OwnMembership membership, Reading reading) {
        this.wire = wire;
        this.clock = clock;
        this.membership = membership;
        this.reading = reading;
    }

    /** An outcome for each, in the order asked. */
    List<DoorOutcome<Jid>> decide(Deed deed, Jid group, List<Jid> people, Instant deadline) {
        List<JoinRequest> before = List.of();
        if (deed.decision()) {
            switch (reading.requests(group, deadline)) {
                case Done<List<JoinRequest>>(List<JoinRequest> waiting) -> before = waiting;
                case NotDone<List<JoinRequest>>(DoorRefusal reason, int code) -> {
                    return all(people, new NotDone<>(reason, code));
                }
                case NoAnswer<List<JoinRequest>>(Silence why) -> {
                    return all(people, new NoAnswer<>(Entering.unsent(why)));
                }
            }
        }
        return new Attempt(deed, group, people, before, deadline).run();
    }

    private static List<DoorOutcome<Jid>> all(List<Jid> people, DoorOutcome<Jid> outcome) {
        return people.stream().map(person -> outcome).toList();
    }

    private static boolean waits(Person person, List<JoinRequest> requests) {
        return requests.stream().anyMatch(request -> request.person().sameAs(person));
    }

    /** One call. Belongs to the caller's thread. */
    private final class Attempt {

        private final Deed deed;
        private final Jid group;
        private final List<Jid> people;
        private final List<JoinRequest> before;
        private final Patience patience;
        private final Map<Jid, DoorOutcome<Jid>> outcomes = new LinkedHashMap<>();

        /** Of whom a stanza went out, and nobody knows what became of it. */
        private final Set<Jid> unknown = new HashSet<>();

        /** Of whom an earlier stanza is unknown, and what the latest answer says against them. */
        private final Map<Jid, Integer> refusals = new HashMap<>();

        private boolean retried;

        Attempt(Deed deed, Jid group, List<Jid> people, List<JoinRequest> before, Instant deadline) {
            this.deed = deed;
            this.group = group;
            this.people = people;
            this.before = before;
            this.patience = new Patience(wire, clock, deadline);
        }

        List<DoorOutcome<Jid>> run() {
            for (Set<Jid> open = open(); !open.isEmpty(); open = open()) {
                Answer answer =
                        wire.ask(DoorRequests.people(deed, group, open), patience.answerBy(), Exchange.UNOBSERVED);
                switch (answer) {
                    case Answer.Result(Node iq) -> results(iq, open);
                    case Answer.Refused refused
                    when refused.code() == 429 -> pause(refused.backoff(), Silence.RATE_LIMITED);
                    case Answer.Refused refused
                    when refused.code() >= 400 && refused.code() <= 499 -> refused(refused.code(), open);
                    case Answer.Refused failed -> look(open, failed.code());
                    case Answer.Lost lost -> look(open, 0);
                    case Answer.Unanswered none -> look(open, 0);
                    case Answer.NotSent none -> pause(Optional.empty(), Silence.NOT_SENT);
                    case Answer.NotLinked none -> settle(open, silence(Silence.NOT_LINKED));
                }
            }
            return people.stream().map(outcomes::get).toList();
        }

        /** Somebody under all names that the list of requests gave them. */
        private Person named(Jid person) {
            return before.stream()
                    .map(JoinRequest::person)
                    .filter(each -> each.is(person))
                    .findFirst()
                    .or(() -> Person.of(Optional.of(person), Optional.empty()))
                    .orElseThrow();
        }

        private Set<Jid> open() {
            Set<Jid> open = new LinkedHashSet<>(people);
            open.removeAll(outcomes.keySet());
            return open;
        }

        private void settle(Set<Jid> some, Function<Jid, DoorOutcome<Jid>> outcome) {
            some.forEach(person -> outcomes.put(person, outcome.apply(person)));
        }

        private Function<Jid, DoorOutcome<Jid>> silence(Silence otherwise) {
            return person -> new NoAnswer<>(unknown.contains(person) ? Silence.UNKNOWN : otherwise);
        }

        /** Waits before the next stanza; everybody left has an outcome when there is no time for one. */
        private void pause(Optional<Duration> wanted, Silence otherwise) {
            if (!patience.pause(wanted)) {
                settle(open(), silence(otherwise));
            }
        }

        private void results(Node iq, Set<Jid> asked) {
            List<Node> told = DoorAnswers.people(deed, iq);
            if (deed == Deed.REVOKE && told.isEmpty()) {
                settle(asked, Done::new); // specification §16.7 knows no more than "result"
                return;
            }
            Set<Jid> unclear = new LinkedHashSet<>();
            Set<Jid> withdrawn = new LinkedHashSet<>();
            boolean limited = false;
            int failure = 0;
            for (Jid person : asked) {
                Optional<Node> about = GroupAnswers.about(person, asked.size(), told);
                int code = about.map(Attempt::code).orElse(0);
                boolean refused = code >= 400 && code <= 499;
                boolean again = unknown.contains(person);
                if (code == 200) {
                    outcomes.put(person, new Done<>(person));
                } else if (code == 404 && again && !deed.decision()) {
                    withdrawn.add(person);
                } else if (code == 429) {
                    limited = true;
                } else if (refused && !again) {
                    outcomes.put(person, new NotDone<>(DoorRefusal.ofPerson(code), code));
                } else {
                    unclear.add(person);
                    if (refused) {
                        refusals.put(person, code);
                    } else {
                        failure = Math.max(failure, code);
                    }
                }
            }
            if (!withdrawn.isEmpty()) {
                withdrawn(withdrawn);
            }
            if (!unclear.isEmpty()) {
                look(unclear, failure);
            } else if (limited) {
                pause(Optional.empty(), Silence.RATE_LIMITED);
            }
        }

        /** A repeat finds nothing to take back: the stanza before did it, unless the person has come in meanwhile. */
        private void withdrawn(Set<Jid> some) {
            Function<Jid, Optional<Boolean>> members = members();
            settle(
                    some,
                    person -> members.apply(person)
                            .<DoorOutcome<Jid>>map(
                                    in -> in ? new NotDone<>(DoorRefusal.NOTHING_PENDING, 404) : new Done<>(person))
                            .orElseGet(() -> new NoAnswer<>(Silence.UNKNOWN)));
        }

        /** 200 when there is no error; 0 when there is one that can't be understood. */
        private static int code(Node participant) {
            return participant.has("error") ? Answer.code(participant, "error") : 200;
        }

        /** The request as a whole was refused: certain for those only of whom no earlier one is unknown. */
        private void refused(int code, Set<Jid> asked) {
            Set<Jid> fresh = new LinkedHashSet<>(asked);
            fresh.removeAll(unknown);
            if (!fresh.isEmpty()) {
                boolean rights = deed != Deed.CANCEL;
                DoorRefusal reason =
                        rights ? reading.whyNot(group, code, patience.deadline()) : DoorRefusal.ofEntry(code);
                settle(fresh, person -> new NotDone<>(reason, code));
            }
            settle(open(), silence(Silence.UNKNOWN));
        }

        /** Nobody knows what became of these people: what can be listed tells, of the rest a repeat. */
        private void look(Set<Jid> some, int code) {
            unknown.addAll(some);
            if (deed.decision()) {
                switch (reading.requests(group, patience.deadline())) {
                    case Done<List<JoinRequest>>(List<JoinRequest> now) -> compare(some, now);
                    case NotDone<List<JoinRequest>> refused -> settle(some, silence(Silence.UNKNOWN));
                    case NoAnswer<List<JoinRequest>> none -> settle(some, silence(Silence.UNKNOWN));
                }
            }
            Set<Jid> left = open();
            left.retainAll(some);
            if (retried) {
                settle(left, person -> deed.decision() ? stillWaiting(person, code) : new NoAnswer<>(Silence.UNKNOWN));
            } else if (!left.isEmpty()) {
                retried = true;
                pause(Optional.of(Patience.FIRST_WAIT), Silence.UNKNOWN);
            }
        }

        /** What a repeat was answered that left all as it was. */
        private DoorOutcome<Jid> stillWaiting(Jid person, int code) {
            Integer refusal = refusals.get(person);
            if (refusal != null && refusal != 404) {
                return new NotDone<>(DoorRefusal.ofPerson(refusal), refusal);
            }
            return code >= 500 ? new NotDone<>(DoorRefusal.SERVER_ERROR, code) : new NoAnswer<>(Silence.UNKNOWN);
        }

        /** Who waited before and does not now was let in or turned away; the group tells which. */
        private void compare(Set<Jid> some, List<JoinRequest> now) {
            Set<Jid> gone = new LinkedHashSet<>(some);
            gone.removeIf(person -> waits(named(person), now));
            if (gone.isEmpty()) {
                return;
            }
            Function<Jid, Optional<Boolean>> members = members();
            settle(gone, person -> {
                Optional<Boolean> in = members.apply(person);
                if (in.isEmpty() || !waits(named(person), before)) {
                    return new NoAnswer<>(Silence.UNKNOWN);
                }
                if (in.get() == (deed == Deed.APPROVE)) {
                    return new Done<>(person);
                }
                // Who was let in may have gone already.
                return in.get() ? new NotDone<>(DoorRefusal.NOTHING_PENDING, 0) : new NoAnswer<>(Silence.UNKNOWN);
            });
        }

        /** Whether somebody is in the group now; empty when nobody tells. */
        private Function<Jid, Optional<Boolean>> members() {
            return switch (membership.ask(group, patience.deadline())) {
                case Finding.Found found -> person -> found.group().group().lists(named(person));
                case Finding.NotMember out when deed == Deed.CANCEL -> person -> Optional.of(false);
                case Finding.NoGroup none when deed == Deed.CANCEL -> person -> Optional.of(false);
                case Finding.NotMember out -> person -> Optional.empty();
                case Finding.NoGroup none -> person -> Optional.empty();
                case Finding.Undisclosed refused -> person -> Optional.empty();
                case Finding.Unheard unheard -> person -> Optional.empty();
            };
        }
    }
}
