package io.greenfinch.client.group;

import io.greenfinch.client.stanza.Answer;
import io.greenfinch.client.stanza.Attempt;
import io.greenfinch.client.stanza.Exchange;
import io.greenfinch.client.stanza.Operation;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Question;
import io.greenfinch.client.stanza.Refusal;
import io.greenfinch.client.stanza.Silence;
import io.greenfinch.client.stanza.Verdict;
import io.greenfinch.client.stanza.Wire;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Creates groups (specification §16.3). The notification of the new one, which bears our key, proves that it is there; after a
 * lost answer WhatsApp is also asked for our groups, and the new one is known by being new, ours and of that name. The request
 * never goes out twice: a server that is late would make two groups. Thread-safe; blocks.
 */
final class GroupCreation {

    /** How much earlier than we asked, by the server's clock, our group may seem to be made. */
    private static final Duration CLOCK_ERROR = CreationSearch.CLOCK_ERROR;

    /** How long after its deadline a server that is late may still carry a request out. */
    private static final Duration LATE = Duration.ofSeconds(30);

    private final Wire wire;
    private final GroupState state;
    private final SecureRandom random;
    private final Set<Creation> open = new HashSet<>();

    /** Requests of this process that somebody remembers, by key, until no server carries them out any more. */
    private final Map<String, Instant> underWay = new ConcurrentHashMap<>();

    GroupCreation(Wire wire, GroupState state, SecureRandom random) {
        this.wire = wire;
        this.state = state;
        this.random = random;
    }

    /** As {@link Groups#create}. */
    Outcome<CreatedGroup> create(NewGroup wish, CreationMemory memory, Instant deadline) {
        Optional<Outcome<CreatedGroup>> earlier =
                memory.open().flatMap(intent -> resolved(intent, wish, memory, deadline));
        if (earlier.isPresent()) {
            return earlier.get();
        }
        Outcome<CreatedGroup> outcome = ask(new Creation(key(), wish, memory, deadline), deadline);
        boolean nothingMade = outcome instanceof Outcome.Refused
                || (outcome instanceof Outcome.Unknown<CreatedGroup>(Silence why) && why != Silence.UNKNOWN);
        if (nothingMade) {
            memory.forget();
        }
        return outcome;
    }

    /** What became of an earlier request for the same; empty when it made no group and never will. */
    private Optional<Outcome<CreatedGroup>> resolved(
            CreationMemory.Intent intent, NewGroup wish, CreationMemory memory, Instant deadline) {
        CreationSearch search = CreationSearch.of(intent, memory.answered(), wish, state);
        Outcome<Optional<KnownGroup>> found = Exchange.ask(wire, GroupStanzas.participating(), search, deadline);
        Outcome<CreatedGroup> unknown = new Outcome.Unknown<>(Silence.UNKNOWN);
        if (!(found instanceof Outcome.Done<Optional<KnownGroup>>(Optional<KnownGroup> group))) {
            return Optional.of(unknown);
        }
        if (group.isPresent()) {
            return Optional.of(
                    new Outcome.Done<>(CreatedGroup.described(group.get().group(), wish.people())));
        }
        underWay.values().removeIf(until -> until.isBefore(wire.clock().instant()));
        return underWay.containsKey(intent.key()) ? Optional.of(unknown) : Optional.empty();
    }

    private Outcome<CreatedGroup> ask(Creation creation, Instant deadline) {
        Exchange<String, CreatedGroup> exchange =
                Exchange.of(wire, creation, List.of(creation.wish.subject()), deadline);
        Attempt<String, CreatedGroup> attempt = exchange.attempts().getFirst();
        state.expect(creation.key, known -> attempt.prove(new Outcome.Done<>(creation.described(known.group()))));
        begin(creation);
        try {
            return exchange.run().getFirst();
        } finally {
            end(creation);
            state.expectNoMore(creation.key);
        }
    }

    private synchronized void begin(Creation creation) {
        for (Creation other : open) {
            if (other.wish.subject().equals(creation.wish.subject())) {
                other.rivalled = true;
                creation.rivalled = true;
            }
        }
        open.add(creation);
    }

    private synchronized void end(Creation creation) {
        open.remove(creation);
    }

    /** A name for a request that no other has, in the form that WhatsApp's own clients use. */
    private String key() {
        byte[] bytes = new byte[9];
        random.nextBytes(bytes);
        return "3EB0" + HexFormat.of().withUpperCase().formatHex(bytes);
    }

    /** One group to be created. */
    private final class Creation implements Operation<String, CreatedGroup> {

        private final String key;
        private final NewGroup wish;
        private final CreationMemory memory;
        private final Instant until;
        private boolean remembered;
        private volatile Set<Jid> before = Set.of();
        private volatile Instant sentAt = Instant.EPOCH;

        /** Another group of that name was asked for at the same time: only the key tells them apart. */
        private volatile boolean rivalled;

        Creation(String key, NewGroup wish, CreationMemory memory, Instant deadline) {
            this.key = key;
            this.wish = wish;
            this.memory = memory;
            this.until = deadline.plus(LATE);
        }

        /** Has the intent stored once there is a link. */
        @Override
        public boolean ready(Exchange<String, CreatedGroup> exchange, List<Attempt<String, CreatedGroup>> attempts) {
            if (memory.remembers() && !remembered) {
                if (!exchange.awaitOnline()) {
                    return false;
                }
                Duration left = Duration.between(wire.clock().instant(), until);
                memory.begin(new CreationMemory.Intent(
                        key, state.known(), state.now(), state.now().plus(left)));
                underWay.put(key, until);
                remembered = true;
            }
            return true;
        }

        @Override
        public List<Batch<String, CreatedGroup>> batches(List<Attempt<String, CreatedGroup>> open) {
            return List.of(new Batch<>(wish.stanza(key), open));
        }

        @Override
        public long sent(List<Attempt<String, CreatedGroup>> attempts) {
            before = state.known();
            sentAt = state.now();
            return 0;
        }

        @Override
        public Verdict<CreatedGroup> result(Attempt<String, CreatedGroup> attempt, Node stanza, long reminder) {
            Optional<KnownGroup> created = GroupAnswers.created(stanza);
            created.ifPresent(state::created);
            return created.<Verdict<CreatedGroup>>map(
                            known -> Verdict.done(new CreatedGroup(known.group(), GroupAnswers.missing(stanza))))
                    .orElseGet(() -> new Verdict.Verify<>(0));
        }

        /**
         * Our groups are looked at before an error is believed. Too many requests is one like others: of new groups WhatsApp
         * allows few in a long time.
         */
        @Override
        public Verdict<CreatedGroup> refused(
                Attempt<String, CreatedGroup> attempt, Answer.Refused error, long reminder) {
            return error.code() == 400
                    ? Verdict.refused(Refusal.OTHER, error.code())
                    : new Verdict.Verify<>(error.code());
        }

        @Override
        public void verify(Exchange<String, CreatedGroup> exchange, List<Attempt<String, CreatedGroup>> unsure) {
            Attempt<String, CreatedGroup> attempt = unsure.getFirst();
            Outcome<CreatedGroup> unknown = new Outcome.Unknown<>(Silence.UNKNOWN);
            attempt.settle(
                    switch (exchange.ask(GroupStanzas.participating(), new Listing(), unsure)) {
                        case Outcome.Done<List<KnownGroup>>(List<KnownGroup> found)
                        when found.isEmpty() ->
                            attempt.code() != 0 ? new Outcome.Refused<>(Refusal.OTHER, attempt.code()) : unknown;
                        case Outcome.Done<List<KnownGroup>>(List<KnownGroup> found) ->
                            identified(found)
                                    .<Outcome<CreatedGroup>>map(known -> new Outcome.Done<>(described(known.group())))
                                    .orElse(unknown);
                        case Outcome.Refused<List<KnownGroup>> refused -> unknown;
                        case Outcome.Unknown<List<KnownGroup>> none -> unknown;
                    });
        }

        private Optional<KnownGroup> identified(List<KnownGroup> found) {
            return found.size() == 1 && !rivalled ? Optional.of(found.getFirst()) : Optional.empty();
        }

        private boolean mayBeOurs(KnownGroup known) {
            Group group = known.group();
            boolean older =
                    !group.creation().equals(Instant.EPOCH) && group.creation().isBefore(sentAt.minus(CLOCK_ERROR));
            return !older
                    && !before.contains(group.id())
                    && wish.mayBe(group)
                    && group.creator().map(state::isSelf).orElse(false);
        }

        /** The group as others than the answer tell of it. */
        private CreatedGroup described(Group group) {
            return CreatedGroup.described(group, wish.people());
        }

        /** Those of our groups that may be the new one. */
        private final class Listing implements Question<List<KnownGroup>> {

            @Override
            public Verdict<List<KnownGroup>> result(
                    Attempt<Node, List<KnownGroup>> attempt, Node stanza, long reminder) {
                Optional<List<KnownGroup>> found = GroupAnswers.listed(stanza)
                        .map(all ->
                                all.stream().filter(Creation.this::mayBeOurs).toList());
                found.flatMap(Creation.this::identified).ifPresent(state::created);
                return found.map(Verdict::done).orElseGet(() -> new Verdict.Verify<>(0));
            }

            @Override
            public Verdict<List<KnownGroup>> refused(
                    Attempt<Node, List<KnownGroup>> attempt, Answer.Refused error, long reminder) {
                return error.code() == 429 ? Verdict.limited(error.backoff()) : new Verdict.Verify<>(error.code());
            }
        }
    }
}
