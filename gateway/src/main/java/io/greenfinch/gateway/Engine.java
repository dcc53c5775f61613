package io.greenfinch.gateway;

import io.greenfinch.client.EventSink;
import io.greenfinch.client.store.LeaveIntents;
import io.greenfinch.client.store.SessionStore;
import io.greenfinch.gateway.instance.SessionSource;
import io.micrometer.core.instrument.MeterRegistry;

/** What makes sessions once it knows where they keep their state: the client, or a test's own. */
@FunctionalInterface
interface Engine extends AutoCloseable {

    SessionSource start(SessionStore<?> store, LeaveIntents intents, EventSink events);

    /** Counts there from now on. */
    default void bindTo(MeterRegistry registry) {}

    /** The API answers: what takes processor time and can wait until then begins. */
    default void answering() {}

    @Override
    default void close() {}
}
