package io.greenfinch.gateway.http;

import io.greenfinch.gateway.instance.ApiToken;
import io.greenfinch.gateway.instance.Instance;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/**
 * The methods of instances for callers inside the gateway: they do and answer what they do and answer over HTTP, but for rates,
 * which are for programs: people click as often as they like. Thread-safe; blocks as methods do.
 */
public final class LocalCalls {

    private static final ApiToken NONE = new ApiToken("");

    private final Routes routes;
    private final MethodGate gate;
    private final RateLimiter limiter;
    private final Duration timeout;
    private final Clock clock;

    /**
     * Calls of methods.
     *
     * @param limiter the rates of callers over HTTP
     * @param timeout by when each call is answered
     */
    public LocalCalls(Routes routes, MethodGate gate, RateLimiter limiter, Duration timeout, Clock clock) {
        this.routes = routes;
        this.gate = gate;
        this.limiter = limiter;
        this.timeout = timeout;
        this.clock = clock;
    }

    /**
     * Calls a method.
     *
     * @throws IllegalArgumentException when no method has this name
     */
    public Reply call(Instance instance, String method, ObjectNode fields) {
        Routes.Target<ApiMethod.OfInstance> target = target(method);
        return delivered(served(target, fields, call -> gate.pass(target.method(), target.name(), instance, call)));
    }

    /**
     * Calls a method for a program, whose calls count as those over HTTP do. The reply's delivery is to be told by the caller.
     *
     * @throws IllegalArgumentException when no method has this name
     */
    public Reply callAsProgram(Instance instance, String method, ObjectNode fields) {
        Routes.Target<ApiMethod.OfInstance> target = target(method);
        Descriptor descriptor = target.descriptor();
        return limiter.admits(instance.id(), descriptor.name(), descriptor.rate(), descriptor.window())
                ? served(target, fields, call -> gate.pass(target.method(), target.name(), instance, call))
                : ApiHandler.tooMany(descriptor.window());
    }

    /** What a method takes. */
    public Fields fields(String method) {
        return target(method).descriptor().fields();
    }

    /**
     * Calls a method that only tells something; it counts for no quota, for pages ask again and again.
     *
     * @throws IllegalArgumentException when no method has this name
     */
    public Reply look(Instance instance, String method, ObjectNode fields) {
        Routes.Target<ApiMethod.OfInstance> target = target(method);
        return delivered(served(target, fields, call -> gate.look(target.method(), instance, call)));
    }

    private Routes.Target<ApiMethod.OfInstance> target(String method) {
        return routes.ofInstance(method)
                .orElseThrow(() -> new IllegalArgumentException("there is no method " + method));
    }

    private Reply served(Routes.Target<ApiMethod.OfInstance> target, ObjectNode fields, Function<Call, Reply> work) {
        Optional<Reply> refused =
                target.descriptor().fields().complaint(fields).map(complaint -> Reply.error(400, complaint));
        Call call = new Call(fields, Optional.empty(), clock.instant().plus(timeout), NONE, RepeatRecord.NONE);
        return refused.orElseGet(() -> ApiHandler.guarded(() -> work.apply(call), target.name()));
    }

    private static Reply delivered(Reply reply) {
        reply.delivery().ifPresent(told -> told.done(true));
        return reply;
    }
}
