package io.greenfinch.client;

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

/**
 * One account's companion connection, from pairing to unlinking, in facets. Made by the client.
 *
 * <p>Thread-safe, as are its facets. Their methods with a deadline block the calling (virtual) thread until there is an answer
 * or the deadline has passed; they never throw for what WhatsApp or the network does, the result says it. Deadlines are read by
 * the client's clock. All others return at once, except where they say so.
 */
public interface Session extends AutoCloseable {

    /** Its link: status, codes to link by, logout. */
    AccountLink account();

    Groups groups();

    Communities communities();

    Pictures pictures();

    Devices devices();

    Messages messages();

    Media media();

    People people();

    AppState appState();

    Presence presence();

    Privacy privacy();

    Business business();

    /** Ends the session: closes the connection, gives up waiting callers. The account stays linked. */
    @Override
    void close();
}
