package io.greenfinch.gateway;

import io.greenfinch.client.Client;
import io.greenfinch.client.ClientSettings;
import io.greenfinch.client.EventSink;
import io.greenfinch.client.store.LeaveIntents;
import io.greenfinch.client.store.SessionStore;
import io.greenfinch.gateway.instance.SessionSource;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicBoolean;

/** Real sessions. */
record ClientEngine(Client client, EngineMetrics metrics, AtomicBoolean expected, AtomicBoolean served)
        implements Engine {

    /** An engine that counts what goes on inside. */
    static ClientEngine of(ClientSettings whatsApp, Clock clock, SecureRandom random) {
        EngineMetrics metrics = new EngineMetrics();
        Client client = new Client(whatsApp, metrics, clock, random);
        metrics.watch(client);
        return new ClientEngine(client, metrics, new AtomicBoolean(), new AtomicBoolean());
    }

    @Override
    public SessionSource start(SessionStore<?> store, LeaveIntents intents, EventSink events) {
        return instance -> {
            expected.set(true);
            prepare();
            return client.session(instance, store, intents, events);
        };
    }

    @Override
    public void answering() {
        served.set(true);
        prepare();
    }

    /** Where nobody has an account nothing is prepared; and callers come first. */
    private void prepare() {
        if (expected.get() && served.get()) {
            client.prepare();
        }
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        metrics.bindTo(registry);
    }

    @Override
    public void close() {
        client.close();
    }
}
