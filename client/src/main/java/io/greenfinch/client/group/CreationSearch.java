package io.greenfinch.client.group;

import io.greenfinch.client.stanza.Answer;
import io.greenfinch.client.stanza.Attempt;
import io.greenfinch.client.stanza.Question;
import io.greenfinch.client.stanza.Verdict;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Looks among our groups for the one that an earlier request for it has made: of that name, by us, at that time, of these
 * people, and not there before; of nobody where the wish names nobody, for others may have come in since. Of several that are alike in all this the oldest is taken; what other wishes were answered with
 * is none of them.
 *
 * @param answered as {@link CreationMemory#answered}
 */
record CreationSearch(
        CreationMemory.Intent intent, Set<Jid> answered, NewGroup wish, List<Person> people, GroupState state)
        implements Question<Optional<KnownGroup>> {

    /** How far the server's clock may be from what we take it to be. */
    static final Duration CLOCK_ERROR = Duration.ofSeconds(30);

    static CreationSearch of(CreationMemory.Intent intent, Set<Jid> answered, NewGroup wish, GroupState state) {
        List<Person> named = wish.people().stream()
                .flatMap(jid -> Person.of(Optional.of(jid), Optional.empty()).stream())
                .toList();
        return new CreationSearch(intent, answered, wish, named, state);
    }

    @Override
    public Verdict<Optional<KnownGroup>> result(
            Attempt<Node, Optional<KnownGroup>> attempt, Node stanza, long reminder) {
        Optional<List<KnownGroup>> listed = GroupAnswers.listed(stanza);
        if (listed.isEmpty()) {
            return new Verdict.Verify<>(0);
        }
        Optional<KnownGroup> found = among(listed.get());
        found.ifPresent(state::created);
        return Verdict.done(found);
    }

    @Override
    public Verdict<Optional<KnownGroup>> refused(
            Attempt<Node, Optional<KnownGroup>> attempt, Answer.Refused error, long reminder) {
        return error.code() == 429 ? Verdict.limited(error.backoff()) : new Verdict.Verify<>(error.code());
    }

    private Optional<KnownGroup> among(List<KnownGroup> listed) {
        return listed.stream()
                .filter(known -> matches(known.group()))
                .min(Comparator.<KnownGroup, Boolean>comparing(known -> strangers(known.group()))
                        .thenComparing(known -> known.group().creation()));
    }

    private boolean matches(Group group) {
        return inTime(group.creation())
                && !intent.known().contains(group.id())
                && !answered.contains(group.id())
                && wish.mayBe(group)
                && group.creator().map(state::isSelf).orElse(false)
                && (people.isEmpty()
                        || others(group) == 0
                        || people.stream().anyMatch(person -> mayList(group, person)));
    }

    private boolean inTime(Instant creation) {
        boolean unknown = creation.equals(Instant.EPOCH);
        return unknown
                || (!creation.isBefore(intent.at().minus(CLOCK_ERROR))
                        && !creation.isAfter(intent.until().plus(CLOCK_ERROR)));
    }

    /** Whether there are more people in it than were asked for, who came later or show that it is another group. */
    private boolean strangers(Group group) {
        return others(group)
                > people.stream().filter(person -> mayList(group, person)).count();
    }

    private static boolean mayList(Group group, Person person) {
        return group.lists(person).orElse(true);
    }

    private long others(Group group) {
        return group.participants().stream()
                .filter(member -> !state.isSelf(member.person()))
                .count();
    }
}
