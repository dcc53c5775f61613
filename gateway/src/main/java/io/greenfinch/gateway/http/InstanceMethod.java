package io.greenfinch.gateway.http;

import io.greenfinch.gateway.instance.Instance;
import java.time.Duration;

/** A method of {@code /waInstance{id}/{method}/{token}}. Implementations are thread-safe. */
public interface InstanceMethod {

    /** What a method needs of its instance; a deleted one serves none. */
    enum Need {
        /** Any state will do. */
        NOTHING,
        /** It must be linked and not in a state in which WhatsApp refuses it. */
        AUTHORIZED
    }

    /** Its documented name. */
    String name();

    Verb verb();

    /** Calls per second, or in another {@link #window}, and instance (green-api.md §2.5). */
    int perSecond();

    /** The time in which so many calls are admitted. */
    default Duration window() {
        return Duration.ofSeconds(1);
    }

    default Need need() {
        return Need.NOTHING;
    }

    /** The fields it knows. */
    default Schema schema() {
        return Schema.IGNORED;
    }

    /** Whether a call changes nothing, so that HEAD may be answered as well. */
    default boolean safe() {
        return false;
    }

    /** Whether a fourth path segment may follow the token. */
    default boolean takesExtra() {
        return false;
    }

    /** Does the work on the request's own virtual thread; may block until the call's deadline. */
    Answer handle(Call call, Instance instance);
}
