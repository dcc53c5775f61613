package io.greenfinch.gateway;

import io.greenfinch.client.Client;
import io.greenfinch.client.EventSink;
import io.greenfinch.client.store.LeaveIntents;
import io.greenfinch.client.store.SessionStore;
import io.greenfinch.gateway.instance.SessionSource;

/** Real sessions. */
record ClientEngine(Client client) implements Engine {

    @Override
    public SessionSource start(SessionStore<?> store, LeaveIntents intents, EventSink events) {
        return instance -> client.session(instance, store, intents, events);
    }

    @Override
    public void close() {
        client.close();
    }
}
