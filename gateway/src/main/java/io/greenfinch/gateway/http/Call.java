package io.greenfinch.gateway.http;

import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request that passed the checks of its method.
 *
 * @param body its fields, as the method's schema demands; empty for methods without parameters
 * @param deadline when it must have been answered
 */
public record Call(ObjectNode body, Instant deadline) {

    /** The body may hold tokens and texts: it is not shown. */
    @Override
    public String toString() {
        return "Call[" + body.propertyNames() + ", deadline=" + deadline + "]";
    }
}
