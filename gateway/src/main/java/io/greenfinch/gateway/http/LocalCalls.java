package io.greenfinch.gateway.http;

import io.greenfinch.gateway.instance.ApiToken;
import io.greenfinch.gateway.instance.Instance;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * The methods of instances for callers inside the gateway: they do and answer what they do and answer over HTTP, but for rates,
 * which are for programs. Thread-safe; blocks as methods do.
 */
public final class LocalCalls {

    private static final ApiToken NONE = new ApiToken("");

    private final Routes routes;
    private final MethodGate gate;
    private final Duration timeout;
    private final Clock clock;

    /**
     * Calls of methods.
     *
     * @param timeout by when each call is answered
     */
    public LocalCalls(Routes routes, MethodGate gate, Duration timeout, Clock clock) {
        this.routes = routes;
        this.gate = gate;
        this.timeout = timeout;
        this.clock = clock;
    }

    /**
     * Calls a method.
     *
     * @throws IllegalArgumentException when no method has this name
     */
    public Reply call(Instance instance, String method, ObjectNode fields) {
        Routes.Target<ApiMethod.OfInstance> target = routes.ofInstance(method)
                .orElseThrow(() -> new IllegalArgumentException("there is no method " + method));
        Optional<Reply> refused =
                target.descriptor().fields().complaint(fields).map(complaint -> Reply.error(400, complaint));
        Reply reply = refused.orElseGet(() -> ApiHandler.guarded(
                () -> gate.pass(
                        target.method(),
                        target.name(),
                        instance,
                        new Call(fields, Optional.empty(), clock.instant().plus(timeout), NONE, RepeatRecord.NONE)),
                method));
        reply.delivery().ifPresent(told -> told.done(true));
        return reply;
    }
}
