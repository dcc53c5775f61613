package io.greenfinch.gateway;

import io.greenfinch.client.ClientSettings;
import io.greenfinch.client.EventSink;
import io.greenfinch.client.PairingCode;
import io.greenfinch.client.Session;
import io.greenfinch.client.SessionEvent;
import io.greenfinch.client.store.SessionStore;
import io.greenfinch.gateway.docs.Answered;
import io.greenfinch.gateway.docs.ApiContract;
import io.greenfinch.gateway.docs.Asked;
import io.greenfinch.gateway.docs.ServedContract;
import io.greenfinch.gateway.s3.S3Bucket;
import io.greenfinch.gateway.webhook.WebhookPace;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;

/** A whole gateway over scripted sessions, on a free port, with a client to talk to it. */
public final class TestGateway implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    static {
        // As installed gateways do: the migrations of a new folder would be a quarter of each start.
        MadeTables.offer();
    }

    private final Map<Long, ScriptedSession> sessions = new ConcurrentHashMap<>();
    private final AtomicReference<Happenings> happenings = new AtomicReference<>();
    private final Map<Long, Long> epochs = new ConcurrentHashMap<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private final Gateway gateway;

    private TestGateway(GatewaySettings settings) {
        gateway = Gateway.start(settings, (store, intents, events) -> {
            happenings.set(new Happenings(store, events));
            return this::session;
        });
    }

    /** Where sessions would tell what happens to them. */
    private record Happenings(SessionStore<?> store, EventSink events) {}

    private TestGateway(GatewaySettings settings, SimulatedWorld world, ClientSettings whatsApp) {
        gateway = Gateway.start(settings.withSimulator(world.adminUrl()), whatsApp);
    }

    /** A gateway with real sessions, connected to a simulated WhatsApp, without rate limits. */
    public static TestGateway start(Path data, SimulatedWorld world, Duration requestTimeout) {
        return start(data, world, world.clientSettings(), requestTimeout);
    }

    /** The same, which reaches WhatsApp in another way. */
    public static TestGateway start(Path data, SimulatedWorld world, ClientSettings whatsApp, Duration requestTimeout) {
        return new TestGateway(settings(data, Clock.systemUTC(), false, requestTimeout), world, whatsApp);
    }

    /** A gateway without rate limits. */
    public static TestGateway start(Path data) {
        return start(data, Clock.systemUTC(), false);
    }

    public static TestGateway start(Path data, Clock clock, boolean rateLimits) {
        return new TestGateway(settings(data, clock, rateLimits, Duration.ofSeconds(25)));
    }

    /** A gateway without rate limits that answers every call within this time. */
    public static TestGateway start(Path data, Duration requestTimeout) {
        return new TestGateway(settings(data, Clock.systemUTC(), false, requestTimeout));
    }

    /** A gateway without rate limits in which methods have quotas. */
    public static TestGateway start(Path data, Clock clock, Map<String, Integer> quotas) {
        return new TestGateway(settings(data, clock, false, Duration.ofSeconds(25), quotas));
    }

    /** A gateway without rate limits in which files have so much room, in bytes. */
    public static TestGateway startWithRoom(Path data, SimulatedWorld world, long filesRoom) {
        return new TestGateway(
                settings(
                        data,
                        Clock.systemUTC(),
                        false,
                        Duration.ofSeconds(20),
                        Map.of(),
                        GatewaySettings.MIN_SEND_DELAY,
                        true,
                        WebhookPace.DOCUMENTED,
                        filesRoom,
                        Optional.empty()),
                world,
                world.clientSettings());
    }

    /** A gateway without rate limits that keeps its files in a bucket. */
    public static TestGateway startWithBucket(
            Path data, SimulatedWorld world, ClientSettings whatsApp, S3Bucket filesBucket) {
        return new TestGateway(
                settings(
                        data,
                        Clock.systemUTC(),
                        false,
                        Duration.ofSeconds(20),
                        Map.of(),
                        GatewaySettings.MIN_SEND_DELAY,
                        true,
                        WebhookPace.DOCUMENTED,
                        GatewaySettings.FILES_ROOM,
                        Optional.of(filesBucket)),
                world,
                whatsApp);
    }

    /** A gateway without rate limits that waits so long for receivers of notifications. */
    public static TestGateway start(Path data, WebhookPace webhooks, boolean privateAddresses) {
        return new TestGateway(settings(
                data,
                Clock.systemUTC(),
                false,
                Duration.ofSeconds(25),
                Map.of(),
                GatewaySettings.MIN_SEND_DELAY,
                privateAddresses,
                webhooks));
    }

    /** A gateway without rate limits whose operator allows pauses between messages that are so short. */
    public static TestGateway startWithSendDelay(Path data, Duration minSendDelay) {
        return new TestGateway(settings(
                data,
                Clock.systemUTC(),
                false,
                Duration.ofSeconds(25),
                Map.of(),
                minSendDelay,
                true,
                WebhookPace.DOCUMENTED));
    }

    /** Settings for a test: free ports on loopback. */
    public static GatewaySettings settings(Path data, Clock clock, boolean rateLimits, Duration requestTimeout) {
        return settings(data, clock, rateLimits, requestTimeout, Map.of());
    }

    private static GatewaySettings settings(
            Path data, Clock clock, boolean rateLimits, Duration requestTimeout, Map<String, Integer> quotas) {
        return settings(
                data,
                clock,
                rateLimits,
                requestTimeout,
                quotas,
                GatewaySettings.MIN_SEND_DELAY,
                true,
                WebhookPace.DOCUMENTED);
    }

    private static GatewaySettings settings(
            Path data,
            Clock clock,
            boolean rateLimits,
            Duration requestTimeout,
            Map<String, Integer> quotas,
            Duration minSendDelay,
            boolean privateAddresses,
            WebhookPace webhooks) {
        return settings(
                data,
                clock,
                rateLimits,
                requestTimeout,
                quotas,
                minSendDelay,
                privateAddresses,
                webhooks,
                GatewaySettings.FILES_ROOM,
                Optional.empty());
    }

    private static GatewaySettings settings(
            Path data,
            Clock clock,
            boolean rateLimits,
            Duration requestTimeout,
            Map<String, Integer> quotas,
            Duration minSendDelay,
            boolean privateAddresses,
            WebhookPace webhooks,
            long filesRoom,
            Optional<S3Bucket> filesBucket) {
        InetSocketAddress free = InetSocketAddress.createUnresolved("127.0.0.1", 0);
        return new GatewaySettings(
                free,
                Optional.empty(),
                data,
                Optional.empty(),
                Optional.empty(),
                requestTimeout,
                rateLimits,
                quotas,
                minSendDelay,
                Optional.empty(),
                GatewaySettings.HISTORY,
                privateAddresses,
                webhooks,
                filesRoom,
                filesBucket,
                Optional.empty(),
                clock,
                new SecureRandom());
    }

    private Session session(long id) {
        return sessions.computeIfAbsent(id, key -> new ScriptedSession());
    }

    public Gateway gateway() {
        return gateway;
    }

    /** The session of an instance. */
    public ScriptedSession of(Gateway.NewInstance instance) {
        ScriptedSession session = sessions.get(instance.id());
        if (session == null) {
            throw new IllegalStateException("no session was opened for " + instance);
        }
        return session;
    }

    /** Something happens to an instance with a scripted session; durable when this returns. */
    public void happens(Gateway.NewInstance instance, SessionEvent... events) {
        Happenings real = Objects.requireNonNull(happenings.get());
        long epoch = epochs.computeIfAbsent(instance.id(), real.store()::claim);
        real.events()
                .store(instance.id(), epoch, List.of(), List.of(events))
                .toCompletableFuture()
                .join();
    }

    /** Makes an instance and links it to {@code person}, through the qr method's own source of codes. */
    public Gateway.NewInstance link(SimulatedWorld world, String person) {
        Gateway.NewInstance instance = gateway.createInstance(person);
        linkAgain(world, instance, person);
        return instance;
    }

    /** Links an instance that is there to {@code person}. */
    public void linkAgain(SimulatedWorld world, Gateway.NewInstance instance, String person) {
        if (gateway.qrText(instance.id()).orElseThrow() instanceof PairingCode.Code code) {
            world.scan(person, code.text());
        }
        awaitOnline(instance);
    }

    /** Waits until an instance has a working connection. */
    public void awaitOnline(Gateway.NewInstance instance) {
        await(instance, true);
    }

    /** Waits until an instance has noticed that its connection is gone. */
    public void awaitOffline(Gateway.NewInstance instance) {
        await(instance, false);
    }

    private void await(Gateway.NewInstance instance, boolean online) {
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> gateway.instances().stream()
                        .anyMatch(view -> view.id() == instance.id() && view.online() == online));
    }

    /** {@code /waInstance{id}/{method}/{token}}. */
    public static String path(Gateway.NewInstance instance, String method) {
        return "/waInstance" + instance.id() + "/" + method + "/" + instance.token();
    }

    public HttpResponse<String> get(String path) {
        return send("GET", path, "");
    }

    public HttpResponse<String> post(String path, String body) {
        return send("POST", path, body);
    }

    public HttpResponse<String> send(String verb, String path, String body) {
        return send(HttpRequest.newBuilder()
                .uri(URI.create(gateway.apiUrl() + path))
                .method(verb, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .timeout(PATIENCE)
                .build());
    }

    /** Sends a request and waits for its answer; both must be as the API's description says. */
    public HttpResponse<String> send(HttpRequest request) {
        ApiContract promised = contract();
        HttpResponse<String> response = exchange(request);
        promised.check(Asked.of(request), Answered.of(response));
        return response;
    }

    /** Sets how long an instance pauses between messages, which may be shorter than gateways allow as a rule. */
    public HttpResponse<String> setSendDelay(Gateway.NewInstance instance, long millis) {
        return sendDamaged(HttpRequest.newBuilder(URI.create(gateway.apiUrl() + path(instance, "setSettings")))
                .POST(BodyPublishers.ofString("{\"delaySendMessagesMilliseconds\":" + millis + "}"))
                .build());
    }

    /** Sends a request that is damaged, but may still be served; only its answer must be as described. */
    public HttpResponse<String> sendDamaged(HttpRequest request) {
        ApiContract promised = contract();
        HttpResponse<String> response = exchange(request);
        promised.checkAnswer(Asked.of(request), Answered.of(response));
        return response;
    }

    private HttpResponse<String> exchange(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException("no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** What gateways say of themselves. */
    public ApiContract contract() {
        return ServedContract.of(gateway.apiUrl());
    }

    @Override
    public void close() {
        gateway.close();
        http.close();
    }
}
