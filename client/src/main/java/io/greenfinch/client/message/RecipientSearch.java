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
import java.util.function.Predicate;

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
            return status(message.audience().get(), self.get(), deadline);
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
        // Each for themselves: what WhatsApp can't tell of one at the moment must not look as if there were nobody.
        Outcome<List<Jid>> theirs = toSelf
                ? new Outcome.Done<>(List.of())
                : devices.find(chat, deadline)
                        .map(DeviceList::devices)
                        .then(found -> found.isEmpty()
                                ? new Outcome.Refused<>(Refusal.NOT_ON_WHATSAPP, 0)
                                : new Outcome.Done<>(found));
        return theirs.then(found -> devices.find(List.of(own.account()), deadline)
                .map(lists -> {
                    List<Jid> ours = devices(lists, own.account());
                    ours.remove(own.account().withDevice(self.pn().device()));
                    return new Recipients(chat, Optional.empty(), found, ours, Optional.empty());
                }));
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
        Jid thisOne = own.withDevice(self.pn().device());
        return devices.find(List.copyOf(names), deadline).map(lists -> {
            List<Jid> all = new ArrayList<>();
            names.forEach(name -> all.addAll(devices(lists, name)));
            all.remove(thisOne);
            return new Recipients(
                    group.id(), Optional.of(naming), Recipients.sharing(all), List.of(), Optional.of(thisOne));
        });
    }

    /** Whom the account's own setting lets see it: that is asked first, and applied when all names are known. */
    private Outcome<Recipients> status(Audience audience, Account self, Instant deadline) {
        if (audience.chosen()) {
            return status(audience.people(), names -> true, self, deadline);
        }
        return Exchange.ask(wire, StatusPrivacy.Inquiry.stanza(), new StatusPrivacy.Inquiry(), deadline)
                .then(privacy -> status(privacy.asked(audience.people()), privacy::admits, self, deadline));
    }

    /** Each by one name, the number where it is known: the server names people as it likes, whatever they are named here. */
    private Outcome<Recipients> status(List<Jid> people, Predicate<Set<Jid>> admitted, Account self, Instant deadline) {
        return contacts.canonical(people, deadline).then(known -> {
            Set<Jid> asked = new LinkedHashSet<>();
            for (Jid person : known) {
                if (!self.is(person)) {
                    asked.add(number(person));
                }
            }
            asked.add(self.pn().account());
            // Other names of theirs are learnt when their devices are asked for.
            return devices.find(List.copyOf(asked), deadline).map(lists -> {
                List<Jid> all = new ArrayList<>();
                asked.stream()
                        .filter(person -> self.is(person) || admitted.test(names(person)))
                        .forEach(person -> all.addAll(devices(lists, person)));
                all.remove(self.pn());
                return new Recipients(
                        Jid.STATUS, Optional.empty(), Recipients.sharing(all), List.of(), Optional.of(self.pn()));
            });
        });
    }

    private Jid number(Jid person) {
        return person.isLid() ? Aliases.other(person, context.state()::find).orElse(person) : person;
    }

    private Set<Jid> names(Jid person) {
        Set<Jid> names = new HashSet<>(Set.of(person.account()));
        Aliases.other(person, context.state()::find).ifPresent(names::add);
        return names;
    }

    /** The member's name as the group has it; the other one when only that is told and the two are known to belong together. */
    private Optional<Jid> name(Person person, GroupNaming naming) {
        Optional<Jid> wanted = naming == GroupNaming.LID ? person.lid() : person.pn();
        Optional<Jid> other = naming == GroupNaming.LID ? person.pn() : person.lid();
        return wanted.or(() -> other.flatMap(name -> Aliases.other(name, context.state()::find)));
    }
}
