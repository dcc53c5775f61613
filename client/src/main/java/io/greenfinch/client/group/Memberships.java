package io.greenfinch.client.group;

import io.greenfinch.protocol.binary.Jid;
import java.util.Optional;

/** The session's group state, as far as leaving needs it. */
public interface Memberships {

    /**
     * Our role in a group, if the state is sure of it: empty when we are not a member, when the group is not known, or
     * when changes of it were missed. May be called from any thread.
     */
    Optional<Role> role(Jid group);

    /**
     * Our role in a group as the state has it, although changes may have been missed: the best that is known, for what
     * could not wait or was asked for just before. Empty when it does not list us. May be called from any thread.
     */
    Optional<Role> listedAs(Jid group);

    /** True when the group is known as a community's parent. May be called from any thread. */
    boolean isCommunity(Jid group);

    /** True when we are among the members that {@code group} lists. May be called from any thread. */
    boolean lists(KnownGroup group);

    /** A number that grows with what is told of groups, to take when a question is sent. On the session's thread. */
    long moment();

    /**
     * Metadata that was just fetched. On the session's thread.
     *
     * @param asked the {@link #moment} when the question was sent
     */
    void fetched(KnownGroup group, long asked);

    /**
     * An answer says that we are out of this group. On the session's thread. Does nothing when that is known already, so
     * that a leave is one event whether the answer or the notification comes first; nor is it believed when we were told of
     * coming in after the question.
     *
     * @param byUs true for a leave, false when nobody knows how it happened
     * @param asked the {@link #moment} when the question was sent
     */
    void outside(Jid group, boolean byUs, long asked);

    /** From now on the watch is told how we get out of its group. May be called from any thread. */
    void watch(Jid group, Watch watch);

    /** Ends the watch of this group. May be called from any thread. */
    void unwatch(Jid group);
}
