package io.greenfinch.client;

import io.greenfinch.client.group.Person;
import io.greenfinch.protocol.binary.Jid;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Something that happened on WhatsApp and that a host may want to keep or pass on. Carries no message text in this form. */
public sealed interface SessionEvent {

    /** When it happened, by the server's clock where the stanza told it. */
    Instant at();

    /** The account was linked, or a link was confirmed at login. */
    record Linked(Instant at, Account account) implements SessionEvent {}

    /** The account was unlinked, by us, by its phone or by the server. */
    record Unlinked(Instant at, DisconnectCause cause) implements SessionEvent {}

    /** {@link AccountLink#status()} changed, and says this now. */
    record StatusChanged(Instant at, SessionStatus status) implements SessionEvent {}

    /**
     * The membership of a group changed.
     *
     * @param actor who did it, where the stanza told it
     * @param self true when our own account is among those affected
     */
    record GroupMembersChanged(
            Instant at, Jid group, GroupAction action, Optional<Person> actor, List<Person> affected, boolean self)
            implements SessionEvent {}

    /** Anything else about a group changed: subject, settings, description. */
    record GroupChanged(Instant at, Jid group) implements SessionEvent {}

    /**
     * A person or a group has another picture (specification §25).
     *
     * @param author who did it, where the stanza told it
     * @param id the id of the new picture; empty when it was removed
     */
    record PictureChanged(Instant at, Jid subject, Optional<Person> author, Optional<String> id)
            implements SessionEvent {}

    /**
     * Somebody registered anew, with other keys: what was agreed on with their old ones is void (specification §12.4).
     *
     * @param account by PN or LID, as the server told it
     */
    record IdentityChanged(Instant at, Jid account) implements SessionEvent {}

    /** What happened to the members. A leave is a removal by oneself (specification §17.3). */
    enum GroupAction {
        CREATED,
        ADDED,
        REMOVED,
        LEFT,
        PROMOTED,
        DEMOTED
    }
}
