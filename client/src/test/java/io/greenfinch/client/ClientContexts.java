package io.greenfinch.client;

import io.greenfinch.client.connection.ClientContext;
import io.greenfinch.client.connection.Dialer;
import io.greenfinch.client.time.Timers;
import java.security.SecureRandom;
import java.time.Clock;

/** What sessions have in common, for tests of their parts: nothing is dialled. */
public final class ClientContexts {

    private ClientContexts() {}

    public static ClientContext of(Clock clock, Timers timers, ClientMetrics metrics) {
        ClientSettings settings = ClientSettings.defaults();
        return new ClientContext(settings, metrics, clock, new SecureRandom(), timers, new Dialer(settings));
    }
}
