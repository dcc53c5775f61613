package io.greenfinch.client.session;

import io.greenfinch.client.AccountLink;
import io.greenfinch.client.Session;
import io.greenfinch.client.appstate.AppState;
import io.greenfinch.client.business.Business;
import io.greenfinch.client.contact.People;
import io.greenfinch.client.device.Devices;
import io.greenfinch.client.group.Communities;
import io.greenfinch.client.group.Groups;
import io.greenfinch.client.media.Media;
import io.greenfinch.client.message.Messages;
import io.greenfinch.client.picture.Pictures;
import io.greenfinch.client.presence.Presence;
import io.greenfinch.client.privacy.Privacy;

/** A session in so far as it hands out its facets. */
abstract class FacetedSession implements Session {

    abstract Facets facets();

    @Override
    public final AccountLink account() {
        return facets().account();
    }

    @Override
    public final Groups groups() {
        return facets().groups();
    }

    @Override
    public final Communities communities() {
        return facets().communities();
    }

    @Override
    public final Pictures pictures() {
        return facets().pictures();
    }

    @Override
    public final Devices devices() {
        return facets().devices();
    }

    @Override
    public final Messages messages() {
        return facets().messages();
    }

    @Override
    public final Media media() {
        return facets().media();
    }

    @Override
    public final People people() {
        return facets().contacts();
    }

    @Override
    public final AppState appState() {
        return facets().appState();
    }

    @Override
    public final Presence presence() {
        return facets().presence();
    }

    @Override
    public final Privacy privacy() {
        return facets().privacy();
    }

    @Override
    public final Business business() {
        return facets().business();
    }
}
