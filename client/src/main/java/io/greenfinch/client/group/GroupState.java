package io.greenfinch.client.group;

import io.greenfinch.protocol.binary.Jid;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** What the session knows of its groups, as far as requests about them need it and teach it. */
public interface GroupState {

    /** The group as far as known, although changes may have been missed. May be called from any thread. */
    Optional<KnownGroup> find(Jid group);

    /** The group, if we are in it and no change of it was missed. May be called from any thread. */
    Optional<KnownGroup> certain(Jid group);

    /** Our role in a group as it is described here; empty when it does not list us. May be called from any thread. */
    Optional<Role> ownRole(KnownGroup group);

    /** True when a description proves that we are not in the group. May be called from any thread. */
    boolean excludesUs(KnownGroup group);

    /** True for the account itself under either name. May be called from any thread. */
    boolean isSelf(Person person);

    /** The groups known now; a copy. May be called from any thread. */
    Set<Jid> known();

    /** The moment by the server's clock, as far as known. May be called from any thread. */
    Instant now();

    /** A number that grows with what is told of groups, to take when a question is sent. On the session's thread. */
    long moment();

    /**
     * Metadata that was just fetched, and that lists us. On the session's thread.
     *
     * @param asked the {@link #moment} when the question was sent
     */
    void fetched(KnownGroup group, long asked);

    /**
     * An answer says that we are not in this group. On the session's thread. Does nothing when that is known already, so that
     * a leave is one event whether the answer or the notification comes first; nor is it believed when we were told of coming
     * in after the question.
     *
     * @param byUs true for a leave, false when nobody knows how it happened
     * @param asked the {@link #moment} when the question was sent
     */
    void outside(Jid group, boolean byUs, long asked);

    /** A group that we have created. On the session's thread. */
    void created(KnownGroup group);

    /** From now on the watch is told of its group. May be called from any thread. */
    void watch(Jid group, GroupWatch watch);

    /** Ends that. May be called from any thread. */
    void unwatch(Jid group, GroupWatch watch);

    /**
     * From now on {@code created} is told, on the session's thread, of the group that is created under this key. May be called
     * from any thread.
     */
    void expect(String key, Consumer<KnownGroup> created);

    /** Ends that. May be called from any thread. */
    void expectNoMore(String key);
}
