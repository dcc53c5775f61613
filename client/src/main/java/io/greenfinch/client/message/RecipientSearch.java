package io.greenfinch.client.message;

import io.greenfinch.client.Account;
import io.greenfinch.client.contact.Contacts;
import io.greenfinch.client.device.DeviceList;
import io.greenfinch.client.device.Devices;
import io.greenfinch.client.group.Group;
import io.greenfinch.client.group.Groups;
import io.greenfinch.client.group.KnownGroup;
import io.greenfinch.client.group.Participant;
import io.greenfinch.client.group.Person;
import io.greenfinch.client.message.Recipients.GroupNaming;
import io.greenfinch.client.stanza.Exchange;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Refusal;
import io.greenfinch.client.stanza.Silence;
import io.greenfinch.client.stanza.Wire;
import io.greenfinch.protocol.binary.Jid;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds out which devices a message is for. Blocks, as {@link Messages#send}; thread-safe. */
final class RecipientSearch {

    private final MessageContext context;
    private final Contacts contacts;
    private final Devices devices;
    private final Groups groups;
    private final Wire wire;

    RecipientSearch(MessageContext context, Wire wire, Contacts contacts, Devices devices, Groups groups) {
        this.context = context;
        this.wire = wire;
        this.contacts = contacts;
        this.devices = devices;
        this.groups = groups;
    }

    /**
     * The devices.
     *
     * @param anew whether what is known of a group has turned out to be out of date
     */
    Outcome<Recipients> find(OutgoingMessage message, boolean anew, Instant deadline) {
        Optional<Account> self = context.account().get();
        if (self.isEmpty()) {
            return new Outcome.Unknown<>(Silence.NOT_LINKED);
        }
        if (message.audience().isPresent()) {
            return audience(message.audience().get(), deadline).then(people -> status(people, self.get(), deadline));
        }
        Jid chat = message.chat();
        return chat.isGroup()
                ? group(chat, anew, deadline).then(group -> members(group, self.get(), deadline))
                : contacts.canonical(List.of(chat.account()), deadline)
                        .then(names -> person(names.getFirst(), self.get(), deadline));
    }

    private Outcome<Recipients> person(Jid chat, Account self, Instant deadline) {
        Jid own = chat.isLid() ? self.lid().orElse(self.pn()) : self.pn();
        boolean toSelf = self.is(chat);
        List<Jid> asked = toSelf ? List.of(own.account()) : List.of(chat, own.account());
        return devices.find(asked, deadline).then(lists -> {
            List<Jid> ours = devices(lists, own.account());
            ours.remove(own.account().withDevice(self.pn().device()));
            List<Jid> theirs = toSelf ? List.of() : devices(lists, chat);
            return theirs.isEmpty() && !toSelf
                    ? new Outcome.Refused<>(Refusal.NOT_ON_WHATSAPP, 0)
                    : new Outcome.Done<>(new Recipients(chat, Optional.empty(), theirs, ours, Optional.empty()));
        });
    }

    private static List<Jid> devices(Map<Jid, DeviceList> lists, Jid account) {
        return Optional.ofNullable(lists.get(account))
                .map(list -> new ArrayList<>(list.devices()))
                .orElseGet(ArrayList::new);
    }

    /** What notifications have kept up to date, or what WhatsApp tells where some may be missing. */
    private Outcome<Group> group(Jid chat, boolean anew, Instant deadline) {
        return context.book()
                .certain(chat)
                .filter(known -> !anew)
                .map(KnownGroup::group)
                .<Outcome<Group>>map(Outcome.Done::new)
                .orElseGet(() -> groups.find(chat, deadline));
    }

    private Outcome<Recipients> members(Group group, Account self, Instant deadline) {
        GroupNaming naming = group.lidAddressed() ? GroupNaming.LID : GroupNaming.PN;
        Set<Jid> names = new LinkedHashSet<>();
        for (Participant participant : group.participants()) {
            name(participant.person(), naming).ifPresent(names::add);
        }
        Jid own = naming == GroupNaming.LID
                ? self.lid().orElse(self.pn()).account()
                : self.pn().account();
        names.add(own);
        return shared(
                group.id(), Optional.of(naming), names, own.withDevice(self.pn().device()), deadline);
    }

    private Outcome<Recipients> shared(
            Jid chat, Optional<GroupNaming> naming, Set<Jid> names, Jid thisOne, Instant deadline) {
        return devices.find(List.copyOf(names), deadline).map(lists -> {
            List<Jid> all = new ArrayList<>();
            names.forEach(name -> all.addAll(devices(lists, name)));
            all.remove(thisOne);
            return new Recipients(chat, naming, all, List.of(), Optional.of(thisOne));
        });
    }

    private Outcome<List<Jid>> audience(Audience audience, Instant deadline) {
        return audience.chosen()
                ? contacts.canonical(audience.people(), deadline)
                : Exchange.ask(wire, StatusPrivacy.Inquiry.stanza(), new StatusPrivacy.Inquiry(), deadline)
                        .map(privacy -> privacy.of(audience.people(), this::names))
                        .then(people -> contacts.canonical(people, deadline));
    }

    private Set<Jid> names(Jid person) {
        Set<Jid> names = new HashSet<>(Set.of(person.account()));
        Aliases.other(person, context.state()::find).ifPresent(names::add);
        return names;
    }

    /** Each by one name, the number where it is known: the server names people as it likes, whatever they are named here. */
    private Outcome<Recipients> status(List<Jid> people, Account self, Instant deadline) {
        Set<Jid> names = new LinkedHashSet<>();
        for (Jid person : people) {
            if (!self.is(person)) {
                names.add(
                        person.isLid()
                                ? Aliases.other(person, context.state()::find).orElse(person)
                                : person);
            }
        }
        names.add(self.pn().account());
        return shared(Jid.STATUS, Optional.empty(), names, self.pn(), deadline);
    }

    /** The member's name as the group has it; the other one when only that is told and the two are known to belong together. */
    private Optional<Jid> name(Person person, GroupNaming naming) {
        Optional<Jid> wanted = naming == GroupNaming.LID ? person.lid() : person.pn();
        Optional<Jid> other = naming == GroupNaming.LID ? person.pn() : person.lid();
        return wanted.or(() -> other.flatMap(name -> Aliases.other(name, context.state()::find)));
    }
}
