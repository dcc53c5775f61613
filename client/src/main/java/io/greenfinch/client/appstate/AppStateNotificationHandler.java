package io.greenfinch.client.appstate;

import io.greenfinch.client.stanza.StanzaDecision;
import io.greenfinch.client.stanza.StanzaHandler;
import io.greenfinch.protocol.appstate.AppStateCollection;
import io.greenfinch.protocol.binary.Node;

/**
 * Takes in that another device has written: {@code <notification type="server_sync">} (specification §23.2). What it wrote is fetched
 * afterwards.
 */
final class AppStateNotificationHandler implements StanzaHandler {

    private final Runnable wake;

    /** @param wake has what is doubted fetched */
    AppStateNotificationHandler(Runnable wake) {
        this.wake = wake;
    }

    @Override
    public StanzaDecision decide(Node notification) {
        StanzaDecision decision = StanzaDecision.nothing();
        for (Node collection : notification.children("collection")) {
            collection
                    .attribute("name")
                    .flatMap(AppStateCollection::of)
                    .ifPresent(known -> decision.change(AppStateBook.doubt(known)));
        }
        return decision.changes().isEmpty() ? decision : decision.then(wake);
    }
}
