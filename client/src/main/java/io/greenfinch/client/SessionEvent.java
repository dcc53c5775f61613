package io.greenfinch.client;

import io.greenfinch.client.call.Call;
import io.greenfinch.client.call.CallEnd;
import io.greenfinch.client.group.Person;
import io.greenfinch.client.history.PastMessage;
import io.greenfinch.client.history.PastName;
import io.greenfinch.client.message.ChatMessage;
import io.greenfinch.client.message.ReceiptKind;
import io.greenfinch.client.stanza.Refusal;
import io.greenfinch.protocol.appstate.AccountAction;
import io.greenfinch.protocol.appstate.AppStateCollection;
import io.greenfinch.protocol.binary.Jid;
import java.time.Duration;
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

    /**
     * A message came in, or one that could not be read is given up on; told once for each, however often the server sends it.
     */
    record MessageReceived(Instant at, ChatMessage message) implements SessionEvent {}

    /**
     * A number that was given is written by WhatsApp in another way: the chat is one, and bears that name from now on. Told with each
     * message that is encrypted for such a number.
     */
    record NumberSpelled(Instant at, Jid given, Jid number) implements SessionEvent {}

    /**
     * WhatsApp has accepted a message of ours.
     *
     * @param chat as it was given with the message
     * @param chatName the name of a group, as far as it is known
     */
    record MessageAccepted(Instant at, String id, Jid chat, Optional<String> chatName) implements SessionEvent {}

    /**
     * WhatsApp, or what is known of the chat, refuses a message of ours for good.
     *
     * @param chat as it was given with the message
     * @param code WhatsApp's; 0 when it was not asked
     */
    record MessageRefused(Instant at, String id, Jid chat, Refusal reason, int code) implements SessionEvent {}

    /**
     * A receipt for messages of ours, or one that another device of our account gave.
     *
     * @param chat the group; or the other person, by PN where it is known, else by LID
     * @param chatName the name of a group, as far as it is known
     * @param by who has given it
     * @param ids of the messages; not all need be ours
     */
    record ReceiptReceived(
            Instant at, Jid chat, Optional<String> chatName, Optional<Person> by, ReceiptKind kind, List<String> ids)
            implements SessionEvent {}

    /**
     * Messages of a person's chat disappear after another time from now on; of groups {@link GroupChanged} tells it.
     *
     * @param chat as of messages
     * @param seconds 0 for never
     */
    record DisappearingTimerChanged(Instant at, Jid chat, int seconds) implements SessionEvent {}

    /**
     * Devices of the account, we among them, have done what all of them know (specification §23); in that order.
     *
     * @param anew whether the collection is told from its beginning: whatever was told of it before is void
     */
    record AppStateChanged(Instant at, AppStateCollection collection, boolean anew, List<AccountAction> actions)
            implements SessionEvent {
        public AppStateChanged {
            actions = List.copyOf(actions);
        }
    }

    /**
     * Another device of the account has blocked somebody, or taken that back.
     *
     * @param stanza the id by which it was told, the same however often it is
     */
    record BlockListChanged(Instant at, String stanza, Jid person, boolean blocked) implements SessionEvent {}

    /** Somebody calls, or another device of our own account does; told once for each call. */
    record CallOffered(Instant at, Call call) implements SessionEvent {}

    /**
     * What became of a call; told once, and for every call that was offered. Of a call that another device of our own account has taken
     * this is when it was taken, for companions are told no more of it.
     *
     * @param talked how long a call of our own lasted from when it was taken; zero for every other
     */
    record CallEnded(Instant at, Call call, CallEnd end, Duration talked) implements SessionEvent {}

    /**
     * Something that the phone knew before this device was linked (specification §22); nothing of it has happened now.
     *
     * @param messages each told once, also when the process dies; one that came in before may be among them
     */
    record HistoryRead(Instant at, List<PastMessage> messages, List<PastName> names) implements SessionEvent {}

    /**
     * So much of the phone's history is read.
     *
     * @param percent 0 to 100; 100 when the phone says that it has told all, and all of that is read
     */
    record HistoryProgressed(Instant at, int percent) implements SessionEvent {}

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
