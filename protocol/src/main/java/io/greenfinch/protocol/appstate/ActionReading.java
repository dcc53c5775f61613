package io.greenfinch.protocol.appstate;

import io.greenfinch.protocol.appstate.AccountAction.Archive;
import io.greenfinch.protocol.appstate.AccountAction.Contact;
import io.greenfinch.protocol.appstate.AccountAction.ContactRemoval;
import io.greenfinch.protocol.appstate.AccountAction.Mute;
import io.greenfinch.protocol.appstate.AccountAction.OwnDeletion;
import io.greenfinch.protocol.appstate.AccountAction.Pin;
import io.greenfinch.protocol.appstate.AccountAction.PushName;
import io.greenfinch.protocol.appstate.AccountAction.ReadMark;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.proto.ContactAction;
import io.greenfinch.protocol.proto.DeleteMessageForMeAction;
import io.greenfinch.protocol.proto.MuteAction;
import io.greenfinch.protocol.proto.SyncActionValue;
import java.time.Instant;
import java.util.Optional;

/** Reads what entries of the app state say, whoever wrote them. Pure functions. */
final class ActionReading {

    /** The last second of the year 9999: what is written after that is nonsense. */
    private static final long LAST = 253_402_300_799L;

    private ActionReading() {}

    static Optional<AccountAction> of(AppStateMutation mutation) {
        ActionIndex index = mutation.index();
        SyncActionValue value = mutation.value();
        Optional<Jid> about = index.part(1).flatMap(Jid::parse).filter(ActionReading::isChat);
        Optional<Jid> person = about.filter(each -> !each.isGroup());
        if (mutation.removal()) {
            return index.action().equals(Contact.ACTION) ? person.map(ContactRemoval::new) : Optional.empty();
        }
        return switch (index.action()) {
            case PushName.ACTION ->
                value.hasPushNameSetting()
                        ? Optional.of(new PushName(value.getPushNameSetting().getName()))
                        : Optional.empty();
            case Contact.ACTION ->
                person.filter(_ -> value.hasContactAction()).map(who -> contact(who, value.getContactAction()));
            case Archive.ACTION ->
                about.filter(_ -> value.hasArchiveChatAction())
                        .map(chat ->
                                new Archive(chat, value.getArchiveChatAction().getArchived(), Optional.empty()));
            case Mute.ACTION -> about.filter(_ -> value.hasMuteAction()).map(chat -> mute(chat, value.getMuteAction()));
            case Pin.ACTION ->
                about.filter(_ -> value.hasPinAction())
                        .map(chat -> new Pin(chat, value.getPinAction().getPinned()));
            case ReadMark.ACTION ->
                about.filter(_ -> value.hasMarkChatAsReadAction())
                        .map(chat -> new ReadMark(
                                chat, value.getMarkChatAsReadAction().getRead(), Optional.empty()));
            case OwnDeletion.ACTION ->
                about.filter(_ -> value.hasDeleteMessageForMeAction())
                        .flatMap(chat -> deletion(chat, index, value.getDeleteMessageForMeAction()));
            default -> Optional.empty();
        };
    }

    private static boolean isChat(Jid jid) {
        return jid.isGroup() || ((jid.isPn() || jid.isLid()) && jid.equals(jid.account()));
    }

    private static AccountAction contact(Jid person, ContactAction contact) {
        return new Contact(
                person,
                contact.getFullName(),
                contact.getFirstName(),
                person.isLid()
                        ? Jid.parse(contact.getPnJid()).filter(Jid::isPn)
                        : Jid.parse(contact.getLidJid()).filter(Jid::isLid),
                contact.getSaveOnPrimaryAddressbook());
    }

    private static AccountAction mute(Jid chat, MuteAction mute) {
        long end = mute.getMuteEndTimestamp();
        return new Mute(chat, mute.getMuted(), end > 0 ? Optional.of(Instant.ofEpochMilli(end)) : Optional.empty());
    }

    private static Optional<AccountAction> deletion(Jid chat, ActionIndex index, DeleteMessageForMeAction deletion) {
        return index.part(2)
                .filter(id -> !id.isEmpty())
                .map(id -> new OwnDeletion(
                        chat,
                        new LastMessage(
                                id,
                                index.part(3).filter("1"::equals).isPresent(),
                                index.part(4).flatMap(Jid::parse),
                                Instant.ofEpochSecond(Math.clamp(deletion.getMessageTimestamp(), 0, LAST)))));
    }
}
