package io.greenfinch.client.group;

import io.greenfinch.client.group.LeaveOutcome.Left;
import io.greenfinch.client.group.LeaveOutcome.NotLeft;
import io.greenfinch.client.group.LeaveOutcome.Refusal;
import io.greenfinch.client.stanza.Turns;
import io.greenfinch.client.stanza.Wire;
import io.greenfinch.client.store.LeaveIntents;
import io.greenfinch.client.store.LeaveIntents.Intent;
import io.greenfinch.client.time.Timers;
import io.greenfinch.protocol.binary.Jid;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Leaves groups and finds out what became of it (design §5). Thread-safe; {@link #leave} blocks its caller until every
 * group has an outcome or the deadline has passed. Calls for the same group run one after the other.
 */
public final class Leaving {

    private static final int QUERIES_AT_A_TIME = 8;

    private final long instance;
    private final Wire wire;
    private final Memberships memberships;
    private final LeaveIntents intents;
    private final Clock clock;
    private final Turns turns;
    private final Inquiry inquiry;
    private final LeaveRequest request;

    /** Leaves whose outcome is known to us but perhaps not yet to the caller. */
    private final Set<Jid> settled = ConcurrentHashMap.newKeySet();

    public Leaving(
            long instance, Wire wire, Memberships memberships, LeaveIntents intents, Clock clock, Timers timers) {
        this.instance = instance;
        this.wire = wire;
        this.memberships = memberships;
        this.intents = intents;
        this.clock = clock;
        this.turns = new Turns(timers);
        this.inquiry = new Inquiry(wire, memberships, clock);
        this.request = new LeaveRequest(wire, memberships, clock);
    }

    /** As {@code Session.leave}. */
    public List<LeaveOutcome> leave(List<Jid> groups, Instant deadline) {
        if (!turns.take(groups, deadline)) {
            return groups.stream()
                    .<LeaveOutcome>map(group -> new LeaveOutcome.NoAnswer(Silence.UNKNOWN))
                    .toList();
        }
        List<Departure> departures = new ArrayList<>();
        try {
            for (Jid group : groups) {
                Departure departure = new Departure(group, intents.find(instance, group));
                departures.add(departure);
                memberships.watch(group, departure.watch);
            }
            learnRoles(departures, deadline);
            while (departures.stream().anyMatch(undecided())) {
                List<Departure> batch = departures.stream().filter(undecided()).toList();
                if (waitOut(batch, deadline) && record(batch, deadline)) {
                    request.send(batch, deadline);
                    forEach(
                            batch,
                            departure -> departure.verdict() == Verdict.QUERY_OUTCOME,
                            departure -> learnOutcome(departure, deadline));
                    forEach(
                            batch,
                            departure -> departure.verdict() == Verdict.QUERY_REASON,
                            departure -> learnReason(departure, deadline));
                    batch.stream().filter(undecided()).forEach(this::judge);
                }
            }
            departures.forEach(this::remember);
            return departures.stream().map(Departure::outcome).toList();
        } finally {
            groups.forEach(memberships::unwatch);
            turns.giveBack(groups);
        }
    }

    /** As {@code Session.answered}. */
    public void answered(List<Jid> groups, boolean delivered) {
        for (Jid group : groups) {
            if (!settled.remove(group)) {
                continue; // not left, or nothing certain: its intent is as it should be already
            }
            if (delivered) {
                intents.forget(instance, group);
            } else {
                intents.reopen(instance, group);
            }
        }
    }

    /** A group whose state does not list us for certain is queried first: what we say about our role must be true. */
    private void learnRoles(List<Departure> departures, Instant deadline) {
        forEach(departures, departure -> memberships.role(departure.group).isEmpty(), departure -> {
            switch (inquiry.ask(departure, deadline)) {
                case Standing.Member member -> {}
                case Standing.Unlisted unlisted -> {} // the leave itself will confirm it
                case Standing.Undisclosed undisclosed -> {}
                case Standing.NotMember out -> departure.decide(outside(departure, Refusal.NOT_A_MEMBER));
                case Standing.NoGroup out -> departure.decide(outside(departure, Refusal.GROUP_NOT_FOUND));
                case Standing.Unheard unheard -> departure.giveUp(notSent(unheard.why()));
            }
        });
    }

    /** Nothing was learnt, and so nothing was sent: to the caller the query that came before does not count. */
    private static Silence notSent(Silence why) {
        return why == Silence.UNKNOWN ? Silence.NOT_SENT : why;
    }

    /** Waits as the slowest of the batch needs; false when that is too long for any of them. */
    private boolean waitOut(List<Departure> batch, Instant deadline) {
        Duration longest = Duration.ZERO;
        List<Departure> inTime = new ArrayList<>();
        for (Departure departure : batch) {
            Duration wait = departure.takeWait();
            if (wait.isPositive() && !clock.instant().plus(wait).isBefore(deadline)) {
                departure.giveUp(
                        switch (departure.verdict()) {
                            case WAIT -> Silence.RATE_LIMITED;
                            case NOT_SENT -> Silence.NOT_SENT;
                            default -> Silence.UNKNOWN;
                        });
            } else {
                inTime.add(departure);
                longest = wait.compareTo(longest) > 0 ? wait : longest;
            }
        }
        if (longest.isPositive() && !wire.pause(clock.instant().plus(longest))) {
            inTime.forEach(departure -> departure.giveUp(Silence.NOT_SENT)); // the session was closed
        }
        return batch.stream().noneMatch(Departure::decided);
    }

    /** Records the intents once there is a link: from here on a crash can be resolved by asking again. */
    private boolean record(List<Departure> batch, Instant deadline) {
        if (!wire.awaitOnline(deadline)) {
            batch.forEach(departure -> departure.giveUp(Silence.NOT_SENT));
            return false;
        }
        for (Departure departure : batch) {
            if (departure.recordedAdmin == null) {
                boolean admin = isAdmin(departure.group);
                settled.remove(departure.group);
                intents.record(instance, new Intent(departure.group, admin, clock.instant()));
                departure.recordedAdmin = admin;
            }
        }
        return true;
    }

    private boolean isAdmin(Jid group) {
        return memberships.listedAs(group).map(role -> role.admin()).orElse(false);
    }

    /** What a verdict that needs no query means. */
    private void judge(Departure departure) {
        switch (departure.verdict()) {
            case LEFT -> departure.decide(new Left(departure.wasAdmin(), false));
            case NOT_A_MEMBER -> departure.decide(outside(departure, Refusal.NOT_A_MEMBER));
            case GROUP_NOT_FOUND -> departure.decide(outside(departure, Refusal.GROUP_NOT_FOUND));
            case NOT_ALLOWED -> departure.decide(new NotLeft(Refusal.NOT_ALLOWED));
            case LOCKED -> departure.decide(new NotLeft(Refusal.LOCKED));
            case WAIT, NOT_SENT, QUERY_REASON, QUERY_OUTCOME -> {} // another round
        }
    }

    /** A stanza went out and its fate is unknown: we have left if we were in the group and are out of it now. */
    private void learnOutcome(Departure departure, Instant deadline) {
        departure.unknown = true;
        if (departure.watch.left()) {
            departure.decide(outside(departure, Refusal.NOT_A_MEMBER));
            return;
        }
        switch (inquiry.ask(departure, deadline)) {
            case Standing.NotMember out -> departure.decide(outside(departure, Refusal.NOT_A_MEMBER));
            case Standing.Unlisted out -> departure.decide(outside(departure, Refusal.NOT_A_MEMBER));
            case Standing.NoGroup out -> departure.decide(outside(departure, Refusal.GROUP_NOT_FOUND));
            case Standing.Member member when !departure.retried -> departure.retry();
            case Standing.Member member -> departure.giveUp(Silence.UNKNOWN);
            case Standing.Undisclosed undisclosed when !departure.retried -> departure.retry();
            case Standing.Undisclosed undisclosed -> departure.giveUp(Silence.UNKNOWN);
            case Standing.Unheard unheard -> departure.giveUp(Silence.UNKNOWN);
        }
    }

    /** Refused with 401, which real servers may also mean for somebody who is not in the group. */
    private void learnReason(Departure departure, Instant deadline) {
        switch (inquiry.ask(departure, deadline)) {
            case Standing.NotMember out -> departure.decide(outside(departure, Refusal.NOT_A_MEMBER));
            case Standing.Unlisted out -> departure.decide(outside(departure, Refusal.NOT_A_MEMBER));
            case Standing.NoGroup out -> departure.decide(outside(departure, Refusal.GROUP_NOT_FOUND));
            case Standing.Member member -> departure.decide(new NotLeft(Refusal.NOT_ALLOWED));
            case Standing.Undisclosed undisclosed -> departure.decide(new NotLeft(Refusal.NOT_ALLOWED));
            case Standing.Unheard unheard ->
                departure.giveUp(unheard.why() == Silence.NOT_LINKED ? Silence.NOT_LINKED : Silence.UNKNOWN);
        }
    }

    /** WhatsApp says that we are out. Was that us? */
    private static LeaveOutcome outside(Departure departure, Refusal refusal) {
        if (departure.watch.removed()) {
            return new NotLeft(Refusal.NOT_A_MEMBER);
        }
        if (departure.unknown && departure.wasMember()) {
            return new Left(departure.wasAdmin(), false);
        }
        Optional<Intent> earlier = departure.open;
        return earlier.<LeaveOutcome>map(intent -> new Left(intent.admin(), true))
                .orElseGet(() -> new NotLeft(refusal));
    }

    /** What a later call, or a later process, must know of this one. */
    private void remember(Departure departure) {
        switch (departure.outcome()) {
            case Left left -> {
                intents.settle(instance, departure.group);
                settled.add(departure.group);
            }
            case NotLeft notLeft -> intents.forget(instance, departure.group);
            case LeaveOutcome.NoAnswer none -> {
                if (departure.open.isEmpty() && departure.recordedAdmin != null) {
                    correct(departure, departure.recordedAdmin);
                }
            }
        }
    }

    private void correct(Departure departure, boolean recordedAdmin) {
        boolean sentAsRecorded = departure.unknown && departure.wasAdmin() == recordedAdmin;
        if (!sentAsRecorded) {
            intents.forget(instance, departure.group);
        }
        if (departure.unknown && !sentAsRecorded) {
            intents.record(instance, new Intent(departure.group, departure.wasAdmin(), clock.instant()));
        }
    }

    private static Predicate<Departure> undecided() {
        return departure -> !departure.decided();
    }

    /** Does something that takes round trips for each departure it is needed for, some at a time. */
    private static void forEach(List<Departure> departures, Predicate<Departure> needed, Consumer<Departure> work) {
        List<Departure> chosen =
                departures.stream().filter(undecided().and(needed)).toList();
        if (chosen.size() == 1) {
            work.accept(chosen.getFirst());
            return;
        }
        Semaphore places = new Semaphore(QUERIES_AT_A_TIME);
        ThreadFactory factory = Thread.ofVirtual().name("leave-", 0).factory();
        try (ExecutorService threads = Executors.newThreadPerTaskExecutor(factory)) {
            List<CompletableFuture<Void>> all = new ArrayList<>();
            for (Departure departure : chosen) {
                places.acquireUninterruptibly();
                all.add(CompletableFuture.runAsync(() -> work.accept(departure), threads)
                        .whenComplete((done, failure) -> places.release()));
            }
            all.forEach(CompletableFuture::join);
        }
    }
}
