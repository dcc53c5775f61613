package io.greenfinch.client.group;

import io.greenfinch.client.contact.Contacts;
import io.greenfinch.client.stanza.Exchange;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Silence;
import io.greenfinch.client.stanza.Wire;
import io.greenfinch.client.store.LeaveIntents;
import io.greenfinch.client.time.Timers;
import io.greenfinch.protocol.binary.Jid;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** The groups of a session. */
public final class SessionGroups implements Groups {

    private final Wire wire;
    private final Contacts contacts;
    private final GroupState state;
    private final Supplier<Optional<Jid>> self;
    private final GroupCreation creation;
    private final GroupChanges changes;
    private final GroupLeave leave;

    /**
     * Groups over this wire.
     *
     * @param self our own account, by LID where it has one; empty when not linked
     */
    public SessionGroups(
            long instance,
            Wire wire,
            Contacts contacts,
            GroupState state,
            LeaveIntents intents,
            Timers timers,
            SecureRandom random,
            Supplier<Optional<Jid>> self) {
        this.wire = wire;
        this.contacts = contacts;
        this.state = state;
        this.self = self;
        this.creation = new GroupCreation(wire, state, random);
        this.changes = new GroupChanges(wire, state);
        this.leave = new GroupLeave(instance, wire, state, intents, timers);
    }

    @Override
    public Outcome<Group> find(Jid group, Instant deadline) {
        return GroupQuery.find(wire, group, state, deadline);
    }

    @Override
    public Optional<Group> cached(Jid group) {
        return state.find(group).map(KnownGroup::group);
    }

    @Override
    public Set<Jid> known() {
        return state.known();
    }

    @Override
    public Outcome<CreatedGroup> create(String subject, List<Jid> people, CreationMemory memory, Instant deadline) {
        return contacts.canonical(people, deadline)
                .then(known -> creation.create(
                        NewGroup.of(subject, known.stream().distinct().toList()), memory, deadline));
    }

    @Override
    public Outcome<GroupChange> change(Jid group, GroupChange change, Instant deadline) {
        return change instanceof GroupChange.Member(GroupUpdate.Action action, Jid person)
                ? contacts.canonical(List.of(person), deadline)
                        .then(known ->
                                changes.change(group, new GroupChange.Member(action, known.getFirst()), deadline))
                : changes.change(group, change, deadline);
    }

    @Override
    public List<Outcome<Jid>> change(Jid group, GroupUpdate.Action action, List<Jid> people, Instant deadline) {
        return each(people, deadline, named -> {
            List<GroupChange.Member> wishes = named.stream()
                    .map(person -> new GroupChange.Member(action, person))
                    .toList();
            return changes.change(group, wishes, deadline);
        });
    }

    @Override
    public List<Outcome<Departed>> leave(List<Jid> groups, Instant deadline) {
        if (!distinct(groups, MAX_LEAVES) || !groups.stream().allMatch(Jid::isGroup)) {
            throw new IllegalArgumentException("1 to " + MAX_LEAVES + " distinct groups can be left at a time");
        }
        return leave.leave(List.copyOf(groups), deadline);
    }

    @Override
    public void answered(List<Jid> groups, boolean delivered) {
        leave.answered(groups, delivered);
    }

    @Override
    public Outcome<InviteCode> inviteLink(Jid group, Instant deadline) {
        return Exchange.ask(wire, JoinStanzas.link(group), JoinQuestion.link(group, state), deadline);
    }

    @Override
    public Outcome<InviteCode> resetInviteLink(Jid group, Instant deadline) {
        return Exchange.ask(wire, JoinStanzas.resetLink(group), JoinQuestion.reset(group, state), deadline);
    }

    @Override
    public Outcome<InvitedGroup> find(InviteCode code, Instant deadline) {
        return Exchange.ask(wire, JoinStanzas.find(code), JoinQuestion.find(state), deadline);
    }

    @Override
    public Outcome<InvitedGroup> find(Invitation invitation, Instant deadline) {
        JoinQuestion<InvitedGroup> question = JoinQuestion.find(invitation.group(), state);
        return Exchange.ask(wire, JoinStanzas.find(invitation), question, deadline);
    }

    @Override
    public Outcome<Joined> join(InviteCode code, Instant deadline) {
        return GroupJoin.join(wire, state, code, deadline);
    }

    @Override
    public Outcome<Joined> join(Invitation invitation, Instant deadline) {
        return GroupJoin.join(wire, state, invitation, deadline);
    }

    @Override
    public List<Outcome<Jid>> revoke(Jid group, List<Jid> people, Instant deadline) {
        return decide(Decision.REVOKE, group, people, deadline);
    }

    @Override
    public Outcome<List<JoinRequest>> joinRequests(Jid group, Instant deadline) {
        return Exchange.ask(wire, JoinStanzas.list(group), JoinQuestion.requests(group, state), deadline);
    }

    @Override
    public List<Outcome<Jid>> approve(Jid group, List<Jid> people, Instant deadline) {
        return decide(Decision.APPROVE, group, people, deadline);
    }

    @Override
    public List<Outcome<Jid>> reject(Jid group, List<Jid> people, Instant deadline) {
        return decide(Decision.REJECT, group, people, deadline);
    }

    @Override
    public Outcome<Jid> cancel(Jid group, Instant deadline) {
        return self.get()
                .map(own ->
                        decide(Decision.CANCEL, group, List.of(own), deadline).getFirst())
                .orElseGet(() -> new Outcome.Unknown<>(Silence.NOT_LINKED));
    }

    private List<Outcome<Jid>> decide(Decision decision, Jid group, List<Jid> people, Instant deadline) {
        return each(people, deadline, named -> JoinDecisions.decide(wire, state, decision, group, named, deadline));
    }

    /** Does something about people under the names to use for them. */
    private <T> List<Outcome<Jid>> each(
            List<Jid> people, Instant deadline, Function<List<Jid>, List<Outcome<T>>> work) {
        boolean accounts = people.stream().allMatch(jid -> (jid.isPn() || jid.isLid()) && jid.equals(jid.account()));
        if (!distinct(people, MAX_PEOPLE) || !accounts) {
            throw new IllegalArgumentException("1 to " + MAX_PEOPLE + " distinct accounts can be named at a time");
        }
        Outcome<List<Jid>> canonical = contacts.canonical(people, deadline);
        if (!(canonical instanceof Outcome.Done<List<Jid>>(List<Jid> known))) {
            return people.stream().map(person -> canonical.<Jid>instead()).toList();
        }
        // Two of those asked for may be one person.
        List<Jid> named = known.stream().distinct().toList();
        List<Outcome<T>> told = work.apply(named);
        return IntStream.range(0, people.size())
                .mapToObj(i -> told.get(named.indexOf(known.get(i))).map(same -> people.get(i)))
                .toList();
    }

    private static boolean distinct(List<Jid> jids, int most) {
        return !jids.isEmpty() && jids.size() <= most && Set.copyOf(jids).size() == jids.size();
    }
}
