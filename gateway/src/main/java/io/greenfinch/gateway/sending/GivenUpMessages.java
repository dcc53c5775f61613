package io.greenfinch.gateway.sending;

import io.greenfinch.client.store.UnknownOutcomeException;
import io.greenfinch.gateway.instance.EventProjection;
import io.greenfinch.gateway.instance.Instance;
import io.greenfinch.gateway.instance.Instances;
import io.greenfinch.gateway.store.SendQueueTable;
import java.util.List;
import java.util.function.Supplier;

/** Messages that will not be sent: nothing is kept of them by which the same could be sent again. Thread-safe; blocks. */
record GivenUpMessages(EventProjection projection, Instances instances, SendQueueTable queue) {

    /** Tells that a message will not be sent, and why. */
    void giveUp(SendQueueTable.Late late, String why) {
        try {
            projection.giveUp(late, why, queue.clock().instant());
            forget(late.instance(), late.id());
        } catch (UnknownOutcomeException e) {
            var _ = e.whenStored(done -> forget(late.instance(), late.id()));
            throw e;
        }
    }

    /**
     * Takes messages out of the queue of an instance.
     *
     * @param work does so in one unit, and tells their ids
     */
    void drop(long instance, Supplier<List<String>> work) {
        try {
            forget(instance, work.get());
        } catch (UnknownOutcomeException e) {
            var _ = e.whenStored(ids -> forget(instance, (List<?>) ids));
            throw e;
        }
    }

    private void forget(long instance, List<?> ids) {
        ids.forEach(id -> forget(instance, (String) id));
    }

    /** Those that an earlier process has left. */
    void forgetUnwanted() {
        queue.unwanted().forEach(message -> forget(message.instance(), message.id()));
    }

    private void forget(long instance, String id) {
        instances
                .find(instance)
                .flatMap(Instance::session)
                .ifPresent(session -> session.messages().giveUp(id));
    }
}
