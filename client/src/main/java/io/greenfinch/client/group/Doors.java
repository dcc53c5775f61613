package io.greenfinch.client.group;

import io.greenfinch.client.stanza.Wire;
import io.greenfinch.protocol.binary.Jid;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** The doors of groups over this wire. */
public final class Doors implements GroupDoors {

    private final Reading reading;
    private final Entering entering;
    private final Deciding deciding;
    private final Supplier<Optional<Jid>> self;

    /**
     * Doors over this wire.
     *
     * @param self our own account, by LID where it has one; empty when not linked
     */
    public Doors(Wire wire, GroupState state, Clock clock, Supplier<Optional<Jid>> self) {
        OwnMembership membership = new OwnMembership(wire, state, clock);
        this.reading = new Reading(wire, clock, membership);
        this.entering = new Entering(wire, clock, membership, reading);
        this.deciding = new Deciding(wire, clock, membership, reading);
        this.self = self;
    }

    @Override
    public DoorOutcome<InviteCode> link(Jid group, Instant deadline) {
        return reading.link(group, deadline);
    }

    @Override
    public DoorOutcome<InviteCode> resetLink(Jid group, Instant deadline) {
        return reading.resetLink(group, deadline);
    }

    @Override
    public DoorOutcome<InvitedGroup> find(InviteCode code, Instant deadline) {
        return reading.find(code, deadline);
    }

    @Override
    public DoorOutcome<Entry> join(InviteCode code, Instant deadline) {
        return entering.join(code, deadline);
    }

    @Override
    public DoorOutcome<InvitedGroup> find(Invitation invitation, Instant deadline) {
        return reading.find(invitation, deadline);
    }

    @Override
    public DoorOutcome<Entry> accept(Invitation invitation, Instant deadline) {
        return entering.accept(invitation, deadline);
    }

    @Override
    public List<DoorOutcome<Jid>> revoke(Jid group, List<Jid> people, Instant deadline) {
        return deciding.decide(Deed.REVOKE, group, checked(people), deadline);
    }

    @Override
    public DoorOutcome<List<JoinRequest>> requests(Jid group, Instant deadline) {
        return reading.requests(group, deadline);
    }

    @Override
    public List<DoorOutcome<Jid>> approve(Jid group, List<Jid> people, Instant deadline) {
        return deciding.decide(Deed.APPROVE, group, checked(people), deadline);
    }

    @Override
    public List<DoorOutcome<Jid>> reject(Jid group, List<Jid> people, Instant deadline) {
        return deciding.decide(Deed.REJECT, group, checked(people), deadline);
    }

    @Override
    public DoorOutcome<Jid> cancel(Jid group, Instant deadline) {
        return self.get()
                .map(own -> deciding.decide(Deed.CANCEL, group, List.of(own), deadline)
                        .getFirst())
                .orElseGet(() -> new DoorOutcome.NoAnswer<>(Silence.NOT_LINKED));
    }

    private static List<Jid> checked(List<Jid> people) {
        boolean accounts = people.stream().allMatch(jid -> (jid.isPn() || jid.isLid()) && jid.equals(jid.account()));
        if (people.isEmpty()
                || people.size() > MAX_PEOPLE
                || !accounts
                || Set.copyOf(people).size() < people.size()) {
            throw new IllegalArgumentException("1 to " + MAX_PEOPLE + " distinct accounts can be named at a time");
        }
        return List.copyOf(people);
    }
}
