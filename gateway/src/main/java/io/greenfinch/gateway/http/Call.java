package io.greenfinch.gateway.http;

import io.greenfinch.gateway.instance.ApiToken;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request that passed the checks of its method.
 *
 * @param body its fields, as the method's schema demands; empty for methods without parameters
 * @param deadline when it must have been answered
 * @param files the files that came with it, by the names of their fields; gone when it has been answered
 * @param token what it was let in with
 */
public record Call(ObjectNode body, Instant deadline, Map<String, UploadedFile> files, ApiToken token) {

    /** The file in a field that the schema demands. */
    public UploadedFile file(String field) {
        return Objects.requireNonNull(files.get(field), field);
    }

    /** The body may hold tokens and texts: it is not shown. */
    @Override
    public String toString() {
        return "Call[" + body.propertyNames() + ", deadline=" + deadline + "]";
    }
}
