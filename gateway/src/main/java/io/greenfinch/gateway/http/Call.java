package io.greenfinch.gateway.http;

import io.greenfinch.gateway.instance.ApiToken;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request that passed the checks of its method. Files in it are gone when it has been answered.
 *
 * @param body its fields, as the method's descriptor demands; empty for methods without parameters
 * @param segment what follows the token in its path
 * @param deadline when it must have been answered
 * @param token what it was let in with
 * @param record what it leaves for repeats of it
 */
public record Call(ObjectNode body, Optional<String> segment, Instant deadline, ApiToken token, RepeatRecord record) {

    /** What stands in a field of the method's descriptor. */
    public <T> T get(Field<T> field) {
        return field.reader().apply(body.path(field.name()));
    }

    /** The body may hold tokens and texts: it is not shown. */
    @Override
    public String toString() {
        return "Call[" + body.propertyNames() + ", deadline=" + deadline + "]";
    }
}
