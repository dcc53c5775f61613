package io.greenfinch.client.message;

import io.greenfinch.client.stanza.StanzaDecision;
import io.greenfinch.protocol.proto.HistorySyncNotification;

/** Takes what our own phone tells this device of its history (specification §22). */
@FunctionalInterface
public interface HistoryNotices {

    /**
     * One has come in. On the session's thread; changes nothing but the decision.
     *
     * @param id of the message that brought it
     */
    void take(String id, HistorySyncNotification told, StanzaDecision decision);
}
