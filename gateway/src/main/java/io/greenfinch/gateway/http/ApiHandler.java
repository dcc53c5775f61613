package io.greenfinch.gateway.http;

import io.greenfinch.client.store.StoreException;
import io.greenfinch.client.store.UnknownOutcomeException;
import io.greenfinch.gateway.instance.ApiToken;
import io.greenfinch.gateway.instance.Instance;
import io.greenfinch.gateway.instance.InstanceState;
import io.greenfinch.gateway.instance.Instances;
import io.greenfinch.gateway.store.KeptAnswerTable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
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
    private static final int PARTNER_PER_SECOND = 50;
    private static final long PARTNER = 0;

    /** Answers that are clear before the body is read. */
    private static final Set<Integer> EARLY = Set.of(401, 403, 404, 429);

    private final Routes routes;
    private final Instances instances;
    private final Predicate<String> partnerToken;
    private final RateLimiter limiter;
    private final Quotas quotas;
    private final Repeats repeats;
    private final Bodies bodies;
    private final Traffic traffic;
    private final Duration requestTimeout;
    private final Clock clock;
    private final Replies replies;
    private final Sockets sockets = new Sockets();

    /**
     * A handler.
     *
     * @param partnerToken whether a text is the partner token, in constant time
     * @param rateLimits whether calls are limited to the documented rates
     * @param quotas how often methods may be called in a month
     * @param keptAnswers where answers to requests with an Idempotency-Key are kept
     * @param uploads where files of requests are while those are under way
     * @param requestTimeout by when each call is answered
     */
    public ApiHandler(
            Routes routes,
            Instances instances,
            Predicate<String> partnerToken,
            boolean rateLimits,
            Quotas quotas,
            KeptAnswerTable keptAnswers,
            Uploads uploads,
            Traffic traffic,
            Duration requestTimeout,
            Clock clock) {
        this.routes = routes;
        this.instances = instances;
        this.partnerToken = partnerToken;
        this.limiter = new RateLimiter(rateLimits, clock);
        this.quotas = quotas;
        this.repeats = new Repeats(keptAnswers, clock);
        this.bodies = new Bodies(uploads);
        this.traffic = traffic;
        this.requestTimeout = requestTimeout;
        this.clock = clock;
        this.replies = new Replies(clock);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        if (request.getMethod().equals("OPTIONS")) {
            Replies.preflight(response.getHeaders());
            replies.send(Answer.empty(204), new byte[0], response, callback);
            return true;
        }
        long started = System.nanoTime();
        RequestPath path = RequestPath.parse(
                Objects.requireNonNullElse(request.getHttpURI().getPath(), "/"));
        Exchange exchange = new Exchange(request, clock.instant().plus(requestTimeout));
        Answer answer = guarded(() -> answer(exchange, path), path);
        if (answer.content() instanceof Answer.Content.Socket && !Sockets.wanted(request)) {
            answer = Answer.error(426, "Upgrade Required");
        }
        traffic.answered(exchange.method(), answer, Duration.ofNanos(System.nanoTime() - started));
        if (answer.content() instanceof Answer.Content.Socket socket) {
            sockets.open(socket, request, response, callback);
        } else {
            if (EARLY.contains(answer.status())) {
                BodyPump.drop(request);
            }
            replies.send(answer, replies.body(answer, path.masked()), response, callback);
        }
        return true;
    }

    /** A failure of ours becomes a plain 500 here: the server below would log the URI, and the token with it. */
    private static Answer guarded(Supplier<Answer> work, RequestPath path) {
        try {
            return work.get();
        } catch (UnknownOutcomeException e) {
            log.error("{} was served or was not: {}", path, e.getMessage());
            return Answer.error(500, "It is not known yet whether this was stored");
        } catch (StoreException e) {
            log.error("{} could not be served: {}", path, e.getMessage());
        } catch (RuntimeException | StackOverflowError e) {
            log.error("{} failed", path, e);
        }
        return Answer.error(500, "Internal Server Error");
    }

    private Answer answer(Exchange exchange, RequestPath path) {
        String verb = exchange.request().getMethod();
        return switch (path) {
            case RequestPath.OfInstance instance ->
                routes.find(instance, verb)
                        .map(method -> onInstance(exchange, instance, method))
                        .orElseGet(() -> notFound(verb, path));
            case RequestPath.OfPartner partner ->
                routes.find(partner, verb)
                        .map(method -> onPartner(exchange, partner, method))
                        .orElseGet(() -> notFound(verb, path));
            case RequestPath.Other other ->
                routes.find(other, verb).map(Supplier::get).orElseGet(() -> notFound(verb, path));
        };
    }

    private static Answer notFound(String verb, RequestPath path) {
        return Answer.error(404, "Cannot " + verb + " " + path.masked());
    }

    private Answer onInstance(Exchange exchange, RequestPath.OfInstance path, InstanceMethod method) {
        MethodSpec spec = method.spec();
        exchange.method(spec.name());
        Optional<Instance> found =
                path.id().isPresent() ? instances.find(path.id().getAsLong()) : Optional.empty();
        if (found.isEmpty()) {
            return Answer.error(403, "Forbidden");
        }
        Instance instance = found.get();
        if (!instances.admits(instance, path.token())) {
            return Answer.empty(401);
        }
        if (!limiter.admits(instance.id(), spec.name(), spec.rate(), spec.window())) {
            return tooMany().withRetryAfter((int) spec.window().toSeconds());
        }
        return switch (body(exchange, spec.schema())) {
            case CheckedBody.Refused refused -> refused.answer();
            case CheckedBody.Fine fine -> {
                try (fine) {
                    Call call = new Call(fine.fields(), exchange.deadline(), fine.files(), new ApiToken(path.token()));
                    yield once(
                            exchange,
                            instance.id(),
                            fine,
                            () -> unfit(spec, instance)
                                    .or(() -> quotas.exceeded(instance.id(), spec.name()))
                                    .orElseGet(() -> method.handle(call, instance)));
                }
            }
        };
    }

    private Answer onPartner(Exchange exchange, RequestPath.OfPartner path, PartnerMethod method) {
        exchange.method(method.name());
        if (!partnerToken.test(path.token())) {
            // Partner methods tell their failures in the body (green-api.md §15).
            return Answer.ok(Json.object().put("code", 401).put("description", "Unauthorized"));
        }
        if (!limiter.admits(PARTNER, method.name(), PARTNER_PER_SECOND)) {
            return tooMany();
        }
        return switch (body(exchange, method.schema())) {
            case CheckedBody.Refused refused -> refused.answer();
            case CheckedBody.Fine fine -> {
                try (fine) {
                    Call call = new Call(fine.fields(), exchange.deadline(), fine.files(), new ApiToken(path.token()));
                    yield once(exchange, PARTNER, fine, () -> method.handle(call));
                }
            }
        };
    }

    private Answer once(Exchange exchange, long caller, CheckedBody.Fine checked, Supplier<Answer> work) {
        Request request = exchange.request();
        String key = request.getHeaders().get("Idempotency-Key");
        return key == null || !request.getMethod().equals("POST")
                ? work.get()
                : repeats.once(caller, exchange.method(), key, checked.identity(), exchange.deadline(), work);
    }

    private static Answer tooMany() {
        return Answer.error(429, "Too Many Requests").withReason("rate-limit").withRetryAfter(1);
    }

    /** Size, JSON or form, fields. */
    private CheckedBody body(Exchange exchange, Schema schema) {
        Duration left = Duration.between(clock.instant(), exchange.deadline());
        return bodies.read(exchange.request(), schema, left);
    }

    /** The answer when the instance is in no state for this method. */
    private Optional<Answer> unfit(MethodSpec method, Instance instance) {
        if (instance.deleted().isPresent()) {
            return Optional.of(Answer.error(400, "Instance is deleted"));
        }
        if (method.need() == MethodSpec.Need.NOTHING) {
            return Optional.empty();
        }
        InstanceState state = instance.state(clock.instant());
        return switch (state) {
            case AUTHORIZED -> Optional.empty();
            case STARTING -> Optional.of(Answer.error(400, "instance in starting process try later"));
            case NOT_AUTHORIZED, BLOCKED, SUSPENDED ->
                Optional.of(Answer.error(400, "instance is starting or not authorized"));
        };
    }

    /** One request under way, and the method it turned out to be for. */
    private static final class Exchange {
        private final Request request;
        private final Instant deadline;
        private String method = "none";

        Exchange(Request request, Instant deadline) {
            this.request = request;
            this.deadline = deadline;
        }

        Request request() {
            return request;
        }

        Instant deadline() {
            return deadline;
        }

        String method() {
            return method;
        }

        void method(String name) {
            method = name;
        }
    }
}
