package io.greenfinch.client.group;

import io.greenfinch.protocol.binary.Jid;
import java.util.Optional;

/** The session's group state, as far as changing groups needs it. */
public interface GroupState {

    /** The group, if we are in it and no change of it was missed. May be called from any thread. */
    Optional<KnownGroup> certain(Jid group);

    /** Our role in a group as it is described here; empty when it does not list us. May be called from any thread. */
    Optional<Role> ownRole(KnownGroup group);

    /** A number that grows with what is told of groups, to take when a question is sent. On the session's thread. */
    long moment();

    /**
     * Metadata that was just fetched, and that lists us. On the session's thread.
     *
     * @param asked the {@link #moment} when the question was sent
     */
    void fetched(KnownGroup group, long asked);

    /**
     * An answer says that we are not in this group. On the session's thread. Not believed when we were told of coming in after
     * the question.
     *
     * @param byUs true for a leave, false when nobody knows how it happened
     * @param asked the {@link #moment} when the question was sent
     */
    void outside(Jid group, boolean byUs, long asked);
}
