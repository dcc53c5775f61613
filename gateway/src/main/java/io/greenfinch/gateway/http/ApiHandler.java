package io.greenfinch.gateway.http;

import io.greenfinch.client.store.StoreException;
import io.greenfinch.client.store.UnknownOutcomeException;
import io.greenfinch.gateway.instance.ApiToken;
import io.greenfinch.gateway.instance.Instance;
import io.greenfinch.gateway.instance.Instances;
import io.greenfinch.gateway.store.KeptAnswerTable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs every request through the checks of design §6, in that order, and then through its method: route and verb,
 * instance, token, rate, size, JSON, fields, state of the instance, quota, work. Thread-safe; runs on virtual threads.
 */
public final class ApiHandler extends Handler.Abstract {

    private static final Logger log = LoggerFactory.getLogger(ApiHandler.class);
    private static final long PARTNER = 0;

    /** Answers that are clear before the body is read. */
    private static final Set<Integer> EARLY = Set.of(401, 403, 404, 415, 429);

    /** Partner methods tell their failures in the body (green-api.md §15). */
    private static final Reply STRANGER =
            Reply.ok(Json.object().put("code", 401).put("description", "Unauthorized"));

    /** Wrong partner tokens that are told so in a minute, all callers together. */
    private static final int GUESSES = 30;

    private static final Duration GUESS_WINDOW = Duration.ofMinutes(1);

    private final Routes routes;
    private final Instances instances;
    private final Predicate<String> partnerToken;
    private final RateLimiter limiter;
    private final RateLimiter guesses;
    private final RequestLog requests = new RequestLog();
    private final MethodGate gate;
    private final Repeats repeats;
    private final Bodies bodies;
    private final Traffic traffic;
    private final Duration requestTimeout;
    private final Clock clock;
    private final Replies replies;
    private final Sockets sockets = new Sockets();
    private final Streams streams = new Streams();

    /**
     * A handler.
     *
     * @param partnerToken whether a text is the partner token, in constant time
     * @param limiter holds calls to the documented rates
     * @param gate what else methods of instances have to pass
     * @param keptAnswers where answers to requests with an Idempotency-Key are kept
     * @param uploads where files of requests are while those are under way
     * @param requestTimeout by when each call is answered
     */
    public ApiHandler(
            Routes routes,
            Instances instances,
            Predicate<String> partnerToken,
            RateLimiter limiter,
            MethodGate gate,
            KeptAnswerTable keptAnswers,
            Uploads uploads,
            Traffic traffic,
            Duration requestTimeout,
            Clock clock) {
        this.routes = routes;
        this.instances = instances;
        this.partnerToken = partnerToken;
        this.limiter = limiter;
        this.guesses = new RateLimiter(true, clock);
        this.gate = gate;
        this.repeats = new Repeats(keptAnswers, clock);
        this.bodies = new Bodies(uploads);
        this.traffic = traffic;
        this.requestTimeout = requestTimeout;
        this.clock = clock;
        this.replies = new Replies(clock, true);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        if (request.getMethod().equals("OPTIONS")) {
            Replies.preflight(response.getHeaders());
            replies.send(Reply.empty(204), "", response, callback);
            return true;
        }
        long started = System.nanoTime();
        RequestPath path = RequestPath.parse(
                Objects.requireNonNullElse(request.getHttpURI().getPath(), "/"));
        Incoming incoming = new Incoming(request, clock.instant().plus(requestTimeout), new AtomicReference<>("none"));
        Reply answer = guarded(() -> answer(incoming, path), path);
        if (answer.content() instanceof Reply.Content.Socket && !Sockets.wanted(request)) {
            answer = Reply.error(426, "Upgrade Required");
        }
        if (answer.content() instanceof Reply.Content.Events events && !streams.take(events.owner())) {
            answer = Reply.error(429, "Too Many Requests").withReason("busy").withRetryAfter(5);
        }
        Duration took = Duration.ofNanos(System.nanoTime() - started);
        traffic.answered(incoming.method().get(), answer, took);
        requests.answered(request, path, answer.equals(STRANGER) ? 401 : answer.status(), took);
        if (answer.content() instanceof Reply.Content.Socket socket) {
            sockets.open(socket, request, response, callback);
        } else if (answer.content() instanceof Reply.Content.Events events) {
            replies.common(response.getHeaders());
            streams.serve(events.owner(), events.program(), request, response, callback);
        } else {
            if (EARLY.contains(answer.status())) {
                BodyPump.drop(request);
            }
            replies.send(answer, path.masked(), response, callback);
        }
        return true;
    }

    /** A failure of ours becomes a plain 500 here: the server below would log the URI, and the token with it. */
    static Reply guarded(Supplier<Reply> work, Object path) {
        try {
            return work.get();
        } catch (UnknownOutcomeException e) {
            log.error("{} was served or was not: {}", path, e.getMessage());
            return Reply.error(500, "It is not known yet whether this was stored");
        } catch (StoreException e) {
            log.error("{} could not be served: {}", path, e.getMessage());
        } catch (RuntimeException | StackOverflowError e) {
            log.error("{} failed", path, e);
        }
        return Reply.error(500, "Internal Server Error");
    }

    private Reply answer(Incoming incoming, RequestPath path) {
        String verb = incoming.request().getMethod();
        Optional<Reply> reply = switch (path) {
            case RequestPath.OfInstance instance ->
                routes.find(instance, verb).map(route -> onInstance(incoming, instance, route));
            case RequestPath.OfPartner partner ->
                routes.find(partner, verb).map(route -> onPartner(incoming, partner, route));
            case RequestPath.Other other -> routes.find(other, verb).map(Supplier::get);
        };
        return reply.orElseGet(() -> Reply.error(404, "Cannot " + verb + " " + path.masked()));
    }

    private Reply onInstance(
            Incoming incoming, RequestPath.OfInstance path, Routes.Target<ApiMethod.OfInstance> route) {
        incoming.method().set(route.name());
        Optional<Instance> found =
                path.id().isPresent() ? instances.find(path.id().getAsLong()) : Optional.empty();
        if (found.isEmpty()) {
            return path.id().isEmpty() && route.descriptor().has(Descriptor.Trait.POLLED)
                    ? Reply.error(400, "Parameter idInstance not an integer")
                    : Reply.error(403, "Forbidden");
        }
        Instance instance = found.get();
        if (!instances.admits(instance, path.token())) {
            return Reply.empty(401);
        }
        return checked(
                incoming,
                instance.id(),
                route.descriptor(),
                path.token(),
                path.extra(),
                call -> gate.pass(route.method(), route.name(), instance, call));
    }

    private Reply onPartner(Incoming incoming, RequestPath.OfPartner path, Routes.Target<ApiMethod.OfPartner> route) {
        incoming.method().set(route.name());
        if (!partnerToken.test(path.token())) {
            return guesses.admits(PARTNER, "guess", GUESSES, GUESS_WINDOW) ? STRANGER : tooMany(GUESS_WINDOW);
        }
        return checked(incoming, PARTNER, route.descriptor(), path.token(), Optional.empty(), route.method()::handle);
    }

    static Reply tooMany(Duration window) {
        return Reply.error(429, "Too Many Requests").withReason("rate-limit").withRetryAfter((int)
                Math.min(window.toSeconds(), 30));
    }

    /** Rate, size, JSON or form, fields; then the work, once per Idempotency-Key. */
    private Reply checked(
            Incoming incoming,
            long caller,
            Descriptor method,
            String token,
            Optional<String> segment,
            Function<Call, Reply> work) {
        if (!limiter.admits(caller, method.name(), method.rate(), method.window())) {
            return tooMany(method.window());
        }
        Request request = incoming.request();
        Duration left = Duration.between(clock.instant(), incoming.deadline());
        return switch (bodies.read(request, caller, method, left)) {
            case Bodies.Checked.Refused refused -> refused.reply();
            case Bodies.Checked.Fine fine -> {
                try (fine) {
                    Function<RepeatRecord, Reply> served = record -> work.apply(
                            new Call(fine.fields(), segment, deadline(incoming, method), new ApiToken(token), record));
                    String key = request.getHeaders().get("Idempotency-Key");
                    yield key == null || !request.getMethod().equals("POST")
                            ? served.apply(RepeatRecord.NONE)
                            : repeats.once(
                                    caller, method.name(), key, fine.identity(), deadline(incoming, method), served);
                }
            }
        };
    }

    /** The work has its time, however long a file took to come. */
    private Instant deadline(Incoming incoming, Descriptor method) {
        if (method.fields().files().isEmpty()) {
            return incoming.deadline();
        }
        Instant least = clock.instant().plus(requestTimeout.dividedBy(2));
        return incoming.deadline().isAfter(least) ? incoming.deadline() : least;
    }

    /** One request under way, and the name of the method it turned out to be for. */
    private record Incoming(Request request, Instant deadline, AtomicReference<String> method) {}
}
