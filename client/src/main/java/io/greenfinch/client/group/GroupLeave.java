package io.greenfinch.client.group;

import io.greenfinch.client.stanza.Answer;
import io.greenfinch.client.stanza.Attempt;
import io.greenfinch.client.stanza.Exchange;
import io.greenfinch.client.stanza.Operation;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Outcome.Done;
import io.greenfinch.client.stanza.Outcome.Refused;
import io.greenfinch.client.stanza.Outcome.Unknown;
import io.greenfinch.client.stanza.Refusal;
import io.greenfinch.client.stanza.Silence;
import io.greenfinch.client.stanza.Turns;
import io.greenfinch.client.stanza.Verdict;
import io.greenfinch.client.stanza.Wire;
import io.greenfinch.client.store.LeaveIntents;
import io.greenfinch.client.time.Timers;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;

/**
 * Leaves groups and finds out what became of it (design §5). Thread-safe; {@link #leave} blocks its caller until every
 * group has an outcome or the deadline has passed. Calls for the same group run one after the other: the next begins when it
 * is known whether the caller of the one before has heard of its leave.
 */
final class GroupLeave implements Operation<Departure, Departed> {

    private static final int QUERIES_AT_A_TIME = 8;

    /** A host that tells nothing for so long has failed: what its caller has not heard is told to the next. */
    private static final Duration TELLING = Duration.ofSeconds(10);

    private final Wire wire;
    private final GroupState state;
    private final LeaveMemory memory;
    private final LeaveAnswers answers = new LeaveAnswers();
    private final Turns turns;
    private final Timers timers;
    private final Map<Jid, Timers.Timer> telling = new ConcurrentHashMap<>();

    GroupLeave(long instance, Wire wire, GroupState state, LeaveIntents intents, Timers timers) {
        this.wire = wire;
        this.state = state;
        this.memory = new LeaveMemory(instance, intents, wire.clock());
        this.turns = new Turns(timers);
        this.timers = timers;
    }

    /** As {@link Groups#leave}. */
    List<Outcome<Departed>> leave(List<Jid> groups, Instant deadline) {
        if (!turns.take(groups, deadline)) {
            return groups.stream()
                    .<Outcome<Departed>>map(group -> new Unknown<>(Silence.UNKNOWN))
                    .toList();
        }
        List<Departure> departures = new ArrayList<>();
        try {
            groups.forEach(group -> departures.add(new Departure(group, memory.open(group))));
            Exchange<Departure, Departed> exchange = Exchange.of(wire, this, departures, deadline);
            for (Attempt<Departure, Departed> attempt : exchange.attempts()) {
                attempt.subject().attempt = attempt;
                state.watch(attempt.subject().group, attempt.subject());
            }
            learnRoles(exchange);
            exchange.run();
            return exchange.attempts().stream().map(this::concluded).toList();
        } finally {
            departures.forEach(departure -> state.unwatch(departure.group, departure));
            turns.giveBack(
                    groups.stream().filter(group -> !telling.containsKey(group)).toList());
        }
    }

    /** Who repeats a leave before its answer has failed to reach them must not be told that there was nothing to leave. */
    private void awaitTelling(Jid group) {
        Runnable overdue = () -> answered(List.of(group), false);
        telling.put(group, timers.at(wire.clock().instant().plus(TELLING), () -> Thread.startVirtualThread(overdue)));
    }

    /** As {@link Groups#answered}. */
    void answered(List<Jid> groups, boolean delivered) {
        for (Jid group : groups) {
            Timers.Timer overdue = telling.remove(group);
            if (overdue != null) {
                overdue.cancel();
                try {
                    memory.answered(group, delivered);
                } finally {
                    turns.giveBack(List.of(group));
                }
            }
        }
    }

    /** A group whose state does not list us for certain is queried first: what we say about our role must be true. */
    private void learnRoles(Exchange<Departure, Departed> exchange) {
        List<Attempt<Departure, Departed>> unsure = exchange.attempts().stream()
                .filter(attempt -> state.certain(attempt.subject().group).isEmpty())
                .toList();
        forEach(unsure, attempt -> {
            Outcome<KnownGroup> told = ask(exchange, attempt);
            switch (Membership.of(told, state)) {
                case NONE, NO_GROUP -> {
                    if (told instanceof Refused<KnownGroup> refused) { // else the leave itself will confirm it
                        attempt.settle(refused.instead());
                    }
                }
                case UNHEARD -> attempt.settle(told.instead());
                case ADMIN, MEMBER, UNDISCLOSED -> {}
            }
        });
    }

    private Outcome<KnownGroup> ask(Exchange<Departure, Departed> exchange, Attempt<Departure, Departed> attempt) {
        Departure departure = attempt.subject();
        boolean byUs = attempt.mayBeDone() || departure.open.isPresent();
        return GroupQuery.of(departure.group, state, () -> byUs && !departure.wasRemoved())
                .ask(exchange, List.of(attempt));
    }

    /** As a rule a single stanza for all groups. */
    @Override
    public List<Batch<Departure, Departed>> batches(List<Attempt<Departure, Departed>> open) {
        List<Batch<Departure, Departed>> batches = new ArrayList<>();
        List<Attempt<Departure, Departed>> together = new ArrayList<>();
        for (Attempt<Departure, Departed> attempt : open) {
            Jid group = attempt.subject().group;
            if (state.find(group)
                    .filter(known -> known.group().settings().community())
                    .isPresent()) {
                batches.add(new Batch<>(GroupStanzas.leaveCommunity(group), List.of(attempt)));
            } else if (attempt.subject().alone) {
                batches.add(new Batch<>(GroupStanzas.leave(List.of(group)), List.of(attempt)));
            } else {
                together.add(attempt);
            }
        }
        if (!together.isEmpty()) {
            List<Jid> groups =
                    together.stream().map(attempt -> attempt.subject().group).toList();
            batches.add(new Batch<>(GroupStanzas.leave(groups), together));
        }
        batches.forEach(batch -> batch.attempts()
                .forEach(
                        attempt -> attempt.subject().together = batch.attempts().size()));
        return batches;
    }

    /** Records the intents once there is a link: from here on a crash can be resolved by asking again. */
    @Override
    public boolean ready(Exchange<Departure, Departed> exchange, List<Attempt<Departure, Departed>> open) {
        if (!exchange.awaitOnline()) {
            return false;
        }
        for (Attempt<Departure, Departed> attempt : open) {
            Departure departure = attempt.subject();
            if (departure.recordedAdmin == null) {
                memory.begin(
                        departure, listedAs(departure.group).map(Role::admin).orElse(false));
            }
        }
        return true;
    }

    /** Our role as the state has it, although changes may have been missed: the best that is known. */
    private Optional<Role> listedAs(Jid group) {
        return state.find(group).flatMap(state::ownRole);
    }

    @Override
    public long sent(List<Attempt<Departure, Departed>> attempts) {
        attempts.forEach(attempt -> attempt.subject().atSending(listedAs(attempt.subject().group)));
        return state.moment();
    }

    @Override
    public Verdict<Departed> result(Attempt<Departure, Departed> attempt, Node stanza, long asked) {
        Departure departure = attempt.subject();
        Verdict<Departed> verdict = answers.inResult(stanza, departure);
        if (verdict instanceof Verdict.Certain<Departed>(Done<Departed> left)) {
            state.outside(departure.group, true, asked);
        }
        return verdict;
    }

    @Override
    public Verdict<Departed> refused(Attempt<Departure, Departed> attempt, Answer.Refused error, long asked) {
        Departure departure = attempt.subject();
        boolean concernsOneOf = error.code() != 429 && error.code() >= 400 && error.code() <= 499;
        if (departure.together > 1 && concernsOneOf) {
            departure.alone = true;
            return new Verdict.Wait<>(Silence.UNKNOWN, Optional.of(Duration.ZERO));
        }
        return LeaveAnswers.ofCode(error.code(), error.backoff());
    }

    /** Who was a member and is out now has left, whatever the error says. */
    @Override
    public void look(Exchange<Departure, Departed> exchange, List<Attempt<Departure, Departed>> refused) {
        forEach(refused, attempt -> {
            switch (Membership.of(ask(exchange, attempt), state)) {
                case NONE -> attempt.settle(new Refused<>(Refusal.NOT_A_MEMBER, attempt.code()));
                case NO_GROUP -> attempt.settle(new Refused<>(Refusal.GROUP_NOT_FOUND, attempt.code()));
                case UNDISCLOSED, UNHEARD -> attempt.settle(new Unknown<>(Silence.UNKNOWN));
                case ADMIN, MEMBER -> {
                    attempt.believe();
                    if (LeaveAnswers.saysOutside(attempt.code())) {
                        attempt.settle(new Refused<>(Refusal.NOT_ALLOWED, attempt.code()));
                    }
                }
            }
        });
    }

    /** Refused with 401, which real servers may also mean for somebody who is not in the group. */
    @Override
    public void explain(Exchange<Departure, Departed> exchange, List<Attempt<Departure, Departed>> refused) {
        forEach(refused, attempt -> {
            Outcome<KnownGroup> told = ask(exchange, attempt);
            attempt.settle(
                    switch (Membership.of(told, state)) {
                        case NONE -> new Refused<>(Refusal.NOT_A_MEMBER, attempt.code());
                        case NO_GROUP -> new Refused<>(Refusal.GROUP_NOT_FOUND, attempt.code());
                        case ADMIN, MEMBER, UNDISCLOSED -> new Refused<>(Refusal.NOT_ALLOWED, attempt.code());
                        case UNHEARD ->
                            told.equals(new Unknown<>(Silence.NOT_LINKED))
                                    ? new Unknown<>(Silence.NOT_LINKED)
                                    : new Unknown<>(Silence.UNKNOWN);
                    });
        });
    }

    /** A stanza went out and its fate is unknown: we have left if we were in the group and are out of it now. */
    @Override
    public void verify(Exchange<Departure, Departed> exchange, List<Attempt<Departure, Departed>> unsure) {
        forEach(unsure, attempt -> {
            switch (Membership.of(ask(exchange, attempt), state)) {
                case NONE -> attempt.settle(new Refused<>(Refusal.NOT_A_MEMBER, 0));
                case NO_GROUP -> attempt.settle(new Refused<>(Refusal.GROUP_NOT_FOUND, 0));
                case UNHEARD -> attempt.settle(new Unknown<>(Silence.UNKNOWN));
                case ADMIN, MEMBER, UNDISCLOSED -> {} // once more
            }
        });
    }

    /** What became of one group, with all that was seen; a later call, or a later process, must know of it. */
    private Outcome<Departed> concluded(Attempt<Departure, Departed> attempt) {
        Outcome<Departed> outcome = seenWhole(attempt, attempt.outcome());
        memory.end(attempt, outcome);
        if (outcome instanceof Done<Departed>) {
            awaitTelling(attempt.subject().group);
        }
        return outcome;
    }

    /** If WhatsApp says that we are out, was that us? */
    private static Outcome<Departed> seenWhole(Attempt<Departure, Departed> attempt, Outcome<Departed> told) {
        Departure departure = attempt.subject();
        boolean out = told instanceof Refused<Departed> refused
                && (refused.reason() == Refusal.NOT_A_MEMBER || refused.reason() == Refusal.GROUP_NOT_FOUND);
        if (out && departure.wasRemoved()) {
            return new Refused<>(Refusal.NOT_A_MEMBER, attempt.code());
        }
        if (out && attempt.mayBeDone() && departure.wasMember()) {
            return new Done<>(new Departed(departure.wasAdmin(), false));
        }
        if (out && departure.open.isPresent()) {
            return new Done<>(new Departed(departure.open.get().admin(), true));
        }
        boolean mayHaveLeft = told.equals(new Unknown<>(Silence.NOT_SENT)) && departure.open.isPresent();
        return mayHaveLeft ? new Unknown<>(Silence.UNKNOWN) : told;
    }

    /** Does something that takes round trips for each, some at a time. */
    private static void forEach(
            List<Attempt<Departure, Departed>> chosen, Consumer<Attempt<Departure, Departed>> work) {
        if (chosen.size() <= 1) {
            chosen.forEach(work);
            return;
        }
        ThreadFactory factory = Thread.ofVirtual().name("leave-", 0).factory();
        try (ExecutorService threads = Executors.newFixedThreadPool(QUERIES_AT_A_TIME, factory)) {
            CompletableFuture.allOf(chosen.stream()
                            .map(attempt -> CompletableFuture.runAsync(() -> work.accept(attempt), threads))
                            .toArray(CompletableFuture<?>[]::new))
                    .join();
        }
    }
}
