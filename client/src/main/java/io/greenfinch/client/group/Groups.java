package io.greenfinch.client.group;

import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.protocol.binary.Jid;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The account's groups (specification §16, §17.1): their metadata, changes, invite links and join requests.
 *
 * <p>Thread-safe. Methods with a deadline block the calling (virtual) thread until there is an outcome or the deadline has
 * passed, by the client's clock; they never throw for what WhatsApp or the network does. What only reads is asked again after a
 * lost connection. For what changes something, a lost answer is resolved by asking, within the deadline.
 */
public interface Groups {

    /** The most groups that can be left at a time. */
    int MAX_LEAVES = 100;

    /** The most people that one request may name. */
    int MAX_PEOPLE = 1000;

    /** Asks WhatsApp for the metadata of a group that we are in; never answers from the cache. */
    Outcome<Group> find(Jid group, Instant deadline);

    /**
     * The group as the session's state has it, kept up to date by notifications. Blocks while it is read from the store.
     *
     * @throws io.greenfinch.client.store.StoreException when it can't be read
     */
    Optional<Group> cached(Jid group);

    /** The groups that we are in, as far as the session's state has it; none as long as their list was not fetched. */
    Set<Jid> known();

    /**
     * Creates a group of us and these people, named by PN or LID. After a lost answer our groups are asked for; the request is
     * never sent twice, which could make two groups.
     */
    default Outcome<CreatedGroup> create(String subject, List<Jid> people, Instant deadline) {
        return create(subject, people, CreationMemory.NONE, deadline);
    }

    /**
     * The same for a wish that may be repeated, also after the death of the process. When an earlier request for it may have made
     * the group, our groups are asked for before anything is sent; the outcome is unknown while a server that is late may still
     * make it.
     *
     * @throws io.greenfinch.client.store.StoreException when the memory can't be read or written; nothing was sent
     */
    Outcome<CreatedGroup> create(String subject, List<Jid> people, CreationMemory memory, Instant deadline);

    /**
     * Changes a group. The outcome is what WhatsApp confirmed for this change, and about people for that very person; after a
     * lost answer the group is asked whether it is as wished, and the change sent once more if not. One that is so although its
     * answer was lost counts as done by us, unless it was so before.
     */
    Outcome<GroupChange> change(Jid group, GroupChange change, Instant deadline);

    /**
     * Does the same to several people with one stanza; outcomes in the order asked, each what WhatsApp confirmed for that very
     * person, as in {@link #change(Jid, GroupChange, Instant)}. After a lost answer, somebody who was so already may be unknown
     * where the others have changed the members: asking again tells.
     *
     * @param people as in {@link #revoke}
     * @throws IllegalArgumentException for other people than these
     */
    List<Outcome<Jid>> change(Jid group, GroupUpdate.Action action, List<Jid> people, Instant deadline);

    /**
     * Leaves groups with one stanza; outcomes in the order asked. Every outcome is what WhatsApp confirmed for that very group;
     * connection losses, rate limits and missing results are resolved by asking, within the deadline (design §5).
     *
     * <p>For each group with a certain outcome the caller must afterwards call {@link #answered}: until then a repeated call
     * waits, for ten seconds at most, and a crash leaves the intent open, so that a repeated call reports
     * {@code Departed(admin, earlier = true)}.
     *
     * @param groups 1 to {@value #MAX_LEAVES} distinct group JIDs
     * @throws IllegalArgumentException for other groups than these
     */
    List<Outcome<Departed>> leave(List<Jid> groups, Instant deadline);

    /**
     * Tells whether the caller of {@link #leave} got its answer. When it did, the memory of those leaves is given up; when it
     * did not, a repeated call within 24 hours still reports the leave.
     */
    void answered(List<Jid> groups, boolean delivered);

    /** The code of a group's invite link. Admins get it, and in some groups all members. */
    Outcome<InviteCode> inviteLink(Jid group, Instant deadline);

    /** Gives a group another invite link and makes the one it had void. After a lost answer it is done again. */
    Outcome<InviteCode> resetInviteLink(Jid group, Instant deadline);

    /** The group that an invite link leads to. */
    Outcome<InvitedGroup> find(InviteCode code, Instant deadline);

    /** The group that a personal invitation leads to. */
    Outcome<InvitedGroup> find(Invitation invitation, Instant deadline);

    /**
     * Joins a group by its invite link, or asks its admins to be let in. After a lost answer we have joined when we are in the
     * group now and were not before, and have asked when WhatsApp says that our request waits.
     */
    Outcome<Joined> join(InviteCode code, Instant deadline);

    /** Joins a group by a personal invitation, or asks its admins to be let in. */
    Outcome<Joined> join(Invitation invitation, Instant deadline);

    /**
     * Takes personal invitations to a group back. When a repeat after a lost answer finds no invitation of a person, it was
     * taken back by us, unless the person is in the group now.
     *
     * @param people 1 to {@value #MAX_PEOPLE} distinct accounts by PN or LID
     * @return an outcome for each, in the order asked
     * @throws IllegalArgumentException for other people than these
     */
    List<Outcome<Jid>> revoke(Jid group, List<Jid> people, Instant deadline);

    /** Those who wait to be let into a group, as its admins see them. */
    Outcome<List<JoinRequest>> joinRequests(Jid group, Instant deadline);

    /**
     * Lets people in who asked for it. The list of requests is read before, so that a lost answer can be told from a decision
     * that somebody else has taken earlier; who waited before and is in the group now was let in by us.
     *
     * @param people as in {@link #revoke}
     * @return an outcome for each, in the order asked
     */
    List<Outcome<Jid>> approve(Jid group, List<Jid> people, Instant deadline);

    /** Turns people away who asked to be let in. As {@link #approve}. */
    List<Outcome<Jid>> reject(Jid group, List<Jid> people, Instant deadline);

    /** Takes our own request to be let into a group back. As {@link #revoke}. */
    Outcome<Jid> cancel(Jid group, Instant deadline);
}
