package io.greenfinch.gateway.notification;

import io.greenfinch.gateway.store.OutboxTable.Filling;
import io.greenfinch.gateway.store.Row;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one unit of an instance leaves in its outbox and its log of events: rows for the unit's own transaction, and the word
 * that they are durable, upon which those who wait are woken. Its methods are called one after the other.
 */
public final class OutboxUnit {

    private final Outbox outbox;
    private final long instance;

    /** What each notification of the unit has left, by its id: the last attempt at the transaction counts. */
    private final Map<String, Filling> fillings = new LinkedHashMap<>();

    private boolean logged;

    OutboxUnit(Outbox outbox, long instance) {
        this.outbox = outbox;
        this.instance = instance;
    }

    /**
     * A notification, in the log of events and, if it is wanted, in the outbox; in neither when the log has it already.
     */
    public Row notification(Notification told, InstanceData of, boolean wanted) {
        byte[] body = Outbox.bytes(told.body(of));
        String id = EventId.of(instance, told.cause()).text();
        logged = true;
        List<Row> with =
                wanted ? List.of(outbox.table().add(instance, id, body, seen -> fillings.put(id, seen))) : List.of();
        return outbox.log().table().add(instance, id, "notification", body, told.at(), with);
    }

    /** An event for the log alone. */
    public Row event(LoggedEvent event) {
        String id = EventId.of(instance, event.cause()).text();
        logged = true;
        return outbox.log().table().add(instance, id, event.kind(), Outbox.bytes(event.body()), event.at(), List.of());
    }

    /** All of it is durable; called by the thread that writes for everybody, which it does not hold up. */
    public void durable() {
        if (!fillings.isEmpty()) {
            outbox.added(instance, fillings.values());
        }
        if (logged) {
            outbox.log().wake(instance);
        }
    }
}
