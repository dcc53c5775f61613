package io.greenfinch.gateway.group;

import io.greenfinch.client.Session;
import io.greenfinch.client.group.Departed;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.gateway.http.Answer;
import io.greenfinch.protocol.binary.Jid;
import java.util.ArrayList;
import java.util.List;

/** Tells the session which leaves its caller has learnt of. */
final class Departures {

    private Departures() {}

    /**
     * Listens for the delivery of an answer about these outcomes. Groups whose outcome is unknown are left out: their
     * callers have learnt nothing yet, so what is remembered of those leaves must stay for the repeated call.
     */
    static Answer.Delivery told(Session session, List<Jid> groups, List<Outcome<Departed>> outcomes) {
        List<Jid> certain = new ArrayList<>();
        for (int i = 0; i < groups.size(); i++) {
            if (!(outcomes.get(i) instanceof Outcome.Unknown<Departed>)) {
                certain.add(groups.get(i));
            }
        }
        return delivered -> {
            if (!certain.isEmpty()) {
                session.groups().answered(certain, delivered);
            }
        };
    }
}
