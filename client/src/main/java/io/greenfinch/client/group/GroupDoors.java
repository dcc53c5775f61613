package io.greenfinch.client.group;

import io.greenfinch.protocol.binary.Jid;
import java.time.Instant;
import java.util.List;

/**
 * How people come into groups by themselves, and how admins decide about it (specification §16.7).
 *
 * <p>Thread-safe. All methods block the calling (virtual) thread until there is an outcome or the deadline has passed, by the
 * client's clock; they never throw for what WhatsApp or the network does. What only reads is asked again after a lost
 * connection. For what changes something, a lost answer is resolved by asking, within the deadline.
 */
public interface GroupDoors {

    /** The most people that one request may name. */
    int MAX_PEOPLE = 1000;

    /** The code of a group's invite link. Admins get it, and in some groups all members. */
    DoorOutcome<InviteCode> link(Jid group, Instant deadline);

    /** Gives a group another invite link and makes the one it had void. After a lost answer it is done again. */
    DoorOutcome<InviteCode> resetLink(Jid group, Instant deadline);

    /** The group that an invite link leads to. */
    DoorOutcome<InvitedGroup> find(InviteCode code, Instant deadline);

    /**
     * Joins a group by its invite link, or asks its admins to be let in. After a lost answer we have joined when we are in
     * the group now and were not before, and have asked when WhatsApp says that our request waits.
     */
    DoorOutcome<Entry> join(InviteCode code, Instant deadline);

    /** The group that a personal invitation leads to. */
    DoorOutcome<InvitedGroup> find(Invitation invitation, Instant deadline);

    /** Joins a group by a personal invitation, or asks its admins to be let in. As {@link #join}. */
    DoorOutcome<Entry> accept(Invitation invitation, Instant deadline);

    /**
     * Takes personal invitations to a group back. When a repeat after a lost answer finds no invitation of a person, it was
     * taken back by us, unless the person is in the group now.
     *
     * @param people 1 to {@value #MAX_PEOPLE} distinct accounts by PN or LID
     * @return an outcome for each, in the order asked
     * @throws IllegalArgumentException for other people than these
     */
    List<DoorOutcome<Jid>> revoke(Jid group, List<Jid> people, Instant deadline);

    /** Those who wait to be let into a group, as its admins see them. */
    DoorOutcome<List<JoinRequest>> requests(Jid group, Instant deadline);

    /**
     * Lets people in who asked for it. The list of requests is read before, so that a lost answer can be told from a
     * decision that somebody else has taken earlier; who waited before and is in the group now was let in by us.
     *
     * @param people as in {@link #revoke}
     * @return an outcome for each, in the order asked
     */
    List<DoorOutcome<Jid>> approve(Jid group, List<Jid> people, Instant deadline);

    /** Turns people away who asked to be let in. As {@link #approve}. */
    List<DoorOutcome<Jid>> reject(Jid group, List<Jid> people, Instant deadline);

    /** Takes our own request to be let into a group back. As {@link #revoke}. */
    DoorOutcome<Jid> cancel(Jid group, Instant deadline);
}
