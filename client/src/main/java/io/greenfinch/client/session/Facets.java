package io.greenfinch.client.session;

import io.greenfinch.client.Account;
import io.greenfinch.client.AccountLink;
import io.greenfinch.client.appstate.AppState;
import io.greenfinch.client.business.Business;
import io.greenfinch.client.business.SessionBusiness;
import io.greenfinch.client.contact.Contacts;
import io.greenfinch.client.device.Devices;
import io.greenfinch.client.device.SessionDevices;
import io.greenfinch.client.group.Communities;
import io.greenfinch.client.group.Groups;
import io.greenfinch.client.group.SessionCommunities;
import io.greenfinch.client.group.SessionGroups;
import io.greenfinch.client.media.Media;
import io.greenfinch.client.media.SessionMedia;
import io.greenfinch.client.message.Aliases;
import io.greenfinch.client.message.Messages;
import io.greenfinch.client.picture.Pictures;
import io.greenfinch.client.picture.SessionPictures;
import io.greenfinch.client.presence.Presence;
import io.greenfinch.client.privacy.Privacy;
import io.greenfinch.client.privacy.SessionPrivacy;
import io.greenfinch.client.stanza.Wire;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** What the host of a session works with, all over one wire. */
record Facets(
        AccountLink account,
        Groups groups,
        Communities communities,
        Pictures pictures,
        Devices devices,
        Contacts contacts,
        Media media,
        Privacy privacy,
        Business business,
        Messages messages,
        AppState appState,
        Presence presence) {

    /** @param line sends a stanza; false when there is no connection */
    static Facets of(SessionParts parts, Wire wire, AccountLink account, Predicate<Node> line) {
        Supplier<Optional<Account>> self = () -> parts.board().status().account();
        UnaryOperator<Jid> shown = person -> Aliases.shown(person, parts.state()::find);
        Contacts contacts = new Contacts(
                wire,
                parts.shared().cache(),
                parts.messages()::named,
                person -> person.isPn() && !Contacts.ambiguous(person)
                        ? person
                        : Aliases.reached(person, parts.state()::find));
        Groups groups = new SessionGroups(
                parts.instance(),
                wire,
                contacts,
                parts.book(),
                parts.intents(),
                parts.shared().timers(),
                parts.shared().random(),
                // By the name that groups know us by today.
                () -> self.get().map(own -> own.lid().orElse(own.pn()).account()));
        Communities communities =
                new SessionCommunities(wire, parts.book(), parts.shared().random());
        Pictures pictures = new SessionPictures(
                wire,
                contacts,
                parts.pictures(),
                groups::find,
                parts.book()::administers,
                () -> self.get().map(own -> own.pn().account()),
                parts.shared().timers());
        Devices devices = new SessionDevices(wire, parts.devices(), parts.messages()::named);
        Media media = SessionMedia.over(
                wire,
                parts.mediaServer(),
                parts.mediaRetries(),
                parts.shared().random(),
                () -> self.get().map(own -> own.pn().account()),
                line);
        Privacy privacy = new SessionPrivacy(wire, contacts, shown, parts.readReceipts());
        return new Facets(
                account,
                groups,
                communities,
                pictures,
                devices,
                contacts,
                media,
                privacy,
                new SessionBusiness(wire, contacts),
                parts.messages(),
                parts.appState(),
                parts.presence());
    }
}
