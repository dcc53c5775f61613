package io.greenfinch.client.group;

/**
 * What became of a wish at the door of a group. Only what WhatsApp itself confirmed counts.
 *
 * @param <T> what there is when it was done
 */
public sealed interface DoorOutcome<T> {

    /** It was done, or read. */
    record Done<T>(T value) implements DoorOutcome<T> {}

    /**
     * Confirmed by WhatsApp: it was not done.
     *
     * @param code WhatsApp's; 0 when a query and not a refusal told
     */
    record NotDone<T>(DoorRefusal reason, int code) implements DoorOutcome<T> {}

    /** Nothing is certain. */
    record NoAnswer<T>(Silence why) implements DoorOutcome<T> {}
}
