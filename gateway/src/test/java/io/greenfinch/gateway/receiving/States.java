package io.greenfinch.gateway.receiving;

import io.greenfinch.client.Account;
import io.greenfinch.client.DisconnectCause;
import io.greenfinch.client.SessionEvent;
import io.greenfinch.client.SessionStatus;
import io.greenfinch.client.SessionStatus.Disconnect;
import io.greenfinch.client.SessionStatus.Phase;
import io.greenfinch.gateway.Gateway;
import io.greenfinch.gateway.TestGateway;
import io.greenfinch.protocol.binary.Jid;
import java.time.Instant;
import java.util.Optional;

/** An instance whose state changes as often as a test wants, for a notification each. */
public final class States {

    private static final Account ANNA = new Account(Jid.pn("15550001001"), Optional.empty(), "android");

    /** An instant in whole seconds, from which each change is one second later. */
    private static final Instant START = Instant.parse("2026-11-26T10:20:30Z");

    private final Gateway.NewInstance instance;
    private int changes;

    /** For an instance that was never linked. */
    public States(Gateway.NewInstance instance) {
        this.instance = instance;
    }

    /** So many more changes; the first, third… is to {@code authorized}, each other to {@code blocked}. */
    public void change(TestGateway gateway, int times) {
        for (int i = 0; i < times; i++) {
            gateway.happens(instance, next());
        }
    }

    private SessionEvent next() {
        changes++;
        Instant at = START.plusSeconds(changes);
        boolean online = changes % 2 == 1;
        Optional<Disconnect> disconnect =
                online ? Optional.empty() : Optional.of(new Disconnect(DisconnectCause.BLOCKED, at, Optional.empty()));
        return new SessionEvent.StatusChanged(
                at, new SessionStatus(online ? Phase.ONLINE : Phase.REFUSED, at, Optional.of(ANNA), disconnect));
    }

    /** The body of the notification of a change, counted from 1. */
    public String body(int change) {
        return "{\"typeWebhook\":\"stateInstanceChanged\",\"instanceData\":{\"idInstance\":" + instance.id()
                + ",\"wid\":\"15550001001@c.us\",\"typeInstance\":\"whatsapp\"},\"timestamp\":"
                + START.plusSeconds(change).getEpochSecond() + ",\"stateInstance\":\""
                + (change % 2 == 1 ? "authorized" : "blocked") + "\"}";
    }
}
