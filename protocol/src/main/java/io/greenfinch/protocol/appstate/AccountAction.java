package io.greenfinch.protocol.appstate;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.proto.ArchiveChatAction;
import io.greenfinch.protocol.proto.ContactAction;
import io.greenfinch.protocol.proto.DeleteMessageForMeAction;
import io.greenfinch.protocol.proto.MarkChatAsReadAction;
import io.greenfinch.protocol.proto.MuteAction;
import io.greenfinch.protocol.proto.PinAction;
import io.greenfinch.protocol.proto.PushNameSetting;
import io.greenfinch.protocol.proto.SyncActionValue;
import java.time.Instant;
import java.util.Optional;

/**
 * Something that one device of an account has done and all of them know (specification §23.2): the entries of the app state that we
 * read and write. Collections and versions are those of WhatsApp's own clients.
 */
public sealed interface AccountAction {

    /** Where it belongs. */
    AppStateCollection collection();

    /** The entry under which it stands. */
    ActionIndex index();

    /** What is written when it is done at {@code now}. */
    AppStateWrite write(Instant now);

    /** The account's own name, as others see it. */
    record PushName(String name) implements AccountAction {

        static final String ACTION = "setting_pushName";

        @Override
        public AppStateCollection collection() {
            return AppStateCollection.CRITICAL_BLOCK;
        }

        @Override
        public ActionIndex index() {
            return ActionIndex.of(ACTION);
        }

        @Override
        public AppStateWrite write(Instant now) {
            return set(
                    this,
                    now,
                    1,
                    value -> value.setPushNameSetting(
                            PushNameSetting.newBuilder().setName(name)));
        }

        @Override
        public String toString() {
            return "PushName[hidden]";
        }
    }

    /**
     * Somebody is in the account's address book.
     *
     * @param person PN or LID
     * @param otherName the LID of a person who is named by PN, or the other way round, where it is known
     * @param onPhone whether the phone is to have it in its own address book, too
     */
    record Contact(Jid person, String fullName, String firstName, Optional<Jid> otherName, boolean onPhone)
            implements AccountAction {

        static final String ACTION = "contact";

        @Override
        public AppStateCollection collection() {
            return AppStateCollection.CRITICAL_UNBLOCK_LOW;
        }

        @Override
        public ActionIndex index() {
            return ActionIndex.of(ACTION, person.toString());
        }

        @Override
        public AppStateWrite write(Instant now) {
            ContactAction.Builder contact = ContactAction.newBuilder()
                    .setFullName(fullName)
                    .setFirstName(firstName)
                    .setSaveOnPrimaryAddressbook(onPhone);
            otherName.ifPresent(other -> {
                if (other.isLid()) {
                    contact.setLidJid(other.toString());
                } else {
                    contact.setPnJid(other.toString());
                }
            });
            return set(this, now, 2, value -> value.setContactAction(contact));
        }

        @Override
        public String toString() {
            return "Contact[" + person + "]";
        }
    }

    /** Somebody is in it no more. */
    record ContactRemoval(Jid person) implements AccountAction {

        @Override
        public AppStateCollection collection() {
            return AppStateCollection.CRITICAL_UNBLOCK_LOW;
        }

        @Override
        public ActionIndex index() {
            return ActionIndex.of(Contact.ACTION, person.toString());
        }

        @Override
        public AppStateWrite write(Instant now) {
            return new AppStateWrite(
                    collection(),
                    true,
                    index(),
                    SyncActionValue.newBuilder()
                            .setTimestamp(now.toEpochMilli())
                            .setContactAction(ContactAction.getDefaultInstance())
                            .build(),
                    2);
        }
    }

    /**
     * A chat was archived, or is among the others again.
     *
     * @param last up to which message; what comes later brings the chat back
     */
    record Archive(Jid chat, boolean archived, Optional<LastMessage> last) implements AccountAction {

        static final String ACTION = "archive";

        @Override
        public AppStateCollection collection() {
            return AppStateCollection.REGULAR_LOW;
        }

        @Override
        public ActionIndex index() {
            return ActionIndex.of(ACTION, chat.toString());
        }

        @Override
        public AppStateWrite write(Instant now) {
            ArchiveChatAction.Builder archive = ArchiveChatAction.newBuilder().setArchived(archived);
            last.ifPresent(message -> archive.setMessageRange(message.range(chat)));
            return set(this, now, 3, value -> value.setArchiveChatAction(archive));
        }
    }

    /**
     * A chat makes no sound, or does again.
     *
     * @param until of a muted one, when it does again; empty for never
     */
    record Mute(Jid chat, boolean muted, Optional<Instant> until) implements AccountAction {

        static final String ACTION = "mute";
        private static final long FOR_EVER = -1;

        @Override
        public AppStateCollection collection() {
            return AppStateCollection.REGULAR_HIGH;
        }

        @Override
        public ActionIndex index() {
            return ActionIndex.of(ACTION, chat.toString());
        }

        @Override
        public AppStateWrite write(Instant now) {
            MuteAction.Builder mute = MuteAction.newBuilder().setMuted(muted);
            if (muted) {
                mute.setMuteEndTimestamp(until.map(Instant::toEpochMilli).orElse(FOR_EVER));
            }
            return set(this, now, 2, value -> value.setMuteAction(mute));
        }
    }

    /** A chat stands above the others, or no more. */
    record Pin(Jid chat, boolean pinned) implements AccountAction {

        static final String ACTION = "pin_v1";

        @Override
        public AppStateCollection collection() {
            return AppStateCollection.REGULAR_LOW;
        }

        @Override
        public ActionIndex index() {
            return ActionIndex.of(ACTION, chat.toString());
        }

        @Override
        public AppStateWrite write(Instant now) {
            return set(
                    this,
                    now,
                    5,
                    value -> value.setPinAction(PinAction.newBuilder().setPinned(pinned)));
        }
    }

    /** A chat counts as read, or as unread. */
    record ReadMark(Jid chat, boolean read, Optional<LastMessage> last) implements AccountAction {

        static final String ACTION = "markChatAsRead";

        @Override
        public AppStateCollection collection() {
            return AppStateCollection.REGULAR_LOW;
        }

        @Override
        public ActionIndex index() {
            return ActionIndex.of(ACTION, chat.toString());
        }

        @Override
        public AppStateWrite write(Instant now) {
            MarkChatAsReadAction.Builder mark =
                    MarkChatAsReadAction.newBuilder().setRead(read);
            last.ifPresent(message -> mark.setMessageRange(message.range(chat)));
            return set(this, now, 3, value -> value.setMarkChatAsReadAction(mark));
        }
    }

    /** A message was deleted on the account's own devices, and is seen by others as before. */
    record OwnDeletion(Jid chat, LastMessage message) implements AccountAction {

        static final String ACTION = "deleteMessageForMe";

        @Override
        public AppStateCollection collection() {
            return AppStateCollection.REGULAR_HIGH;
        }

        @Override
        public ActionIndex index() {
            return ActionIndex.of(
                    ACTION,
                    chat.toString(),
                    message.id(),
                    message.fromMe() ? "1" : "0",
                    message.participant().map(Jid::toString).orElse("0"));
        }

        @Override
        public AppStateWrite write(Instant now) {
            return set(
                    this,
                    now,
                    3,
                    value -> value.setDeleteMessageForMeAction(DeleteMessageForMeAction.newBuilder()
                            .setDeleteMedia(true)
                            .setMessageTimestamp(message.at().getEpochSecond())));
        }
    }

    /** Adds what an action says to the value of an entry. */
    @FunctionalInterface
    interface Content {
        void addTo(SyncActionValue.Builder value);
    }

    private static AppStateWrite set(AccountAction action, Instant now, int version, Content content) {
        SyncActionValue.Builder value = SyncActionValue.newBuilder().setTimestamp(now.toEpochMilli());
        content.addTo(value);
        return new AppStateWrite(action.collection(), false, action.index(), value.build(), version);
    }

    /** What was done; empty for what we don't know, or what names nobody. */
    static Optional<AccountAction> of(AppStateMutation mutation) {
        return ActionReading.of(mutation);
    }
}
