package io.greenfinch.gateway;

import io.greenfinch.gateway.docs.ApiDescription;
import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.http.Routes;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What answers requests: methods and pages. */
final class Front {

    private Front() {}

    /**
     * All of it but the console.
     *
     * @param healthy whether requests can be served
     * @param apiUrl how callers reach it, asked for when it is told
     */
    static Routes routes(List<ApiMethod> methods, BooleanSupplier healthy, Supplier<URI> apiUrl) {
        Map<List<String>, Supplier<Reply>> pages = new HashMap<>(new ApiDescription(methods, apiUrl).pages());
        pages.put(List.of("health", "live"), () -> health(true));
        pages.put(List.of("health", "ready"), () -> health(healthy.getAsBoolean()));
        return new Routes(Stream.concat(methods.stream(), KnownMethod.all()).toList(), pages);
    }

    private static Reply health(boolean well) {
        return well
                ? Reply.ok(Json.object().put("status", "up"))
                : Reply.error(503, "The database does not answer").withRetryAfter(5);
    }
}
