package io.greenfinch.gateway;

import io.greenfinch.client.ClientSettings;
import io.greenfinch.client.PairingCode;
import io.greenfinch.client.store.StoreException;
import io.greenfinch.gateway.http.HttpServer;
import io.greenfinch.gateway.instance.CreationRows;
import io.greenfinch.gateway.instance.Instance;
import io.greenfinch.gateway.instance.InstanceSettings;
import io.greenfinch.gateway.instance.InstanceState;
import io.greenfinch.gateway.instance.Instances;
import io.greenfinch.gateway.notification.Outbox;
import io.greenfinch.gateway.store.UnusableDataException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * GREEN-API over HTTP for the accounts in one data folder: the whole gateway, from {@link #start} to {@link #close}.
 * Thread-safe.
 */
public final class Gateway implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Gateway.class);

    /** Together they stay under the ten seconds in which a stop must be done (design §7). */
    private static final Duration TIME_TO_FINISH = Duration.ofSeconds(4);

    private static final Duration TIME_TO_BE_TOLD = Duration.ofSeconds(2);

    /** Where the folder tells the partner token that was made for it. */
    public static final String PARTNER_TOKEN_FILE = "partner-token";

    /** Where the folder tells, while a gateway runs, the address at which it is reached from this machine. */
    public static final String ADDRESS_FILE = "address";

    private final GatewaySettings settings;
    private final Path data;
    private final String partnerToken;
    private final Instances instances;
    private final Outbox outbox;
    private final HttpServer api;
    private final Optional<URI> metricsUrl;
    private final OpenParts parts;

    Gateway(
            GatewaySettings settings,
            Path data,
            String partnerToken,
            Instances instances,
            Outbox outbox,
            HttpServer api,
            Optional<URI> metricsUrl,
            OpenParts parts) {
        this.settings = settings;
        this.data = data;
        this.metricsUrl = metricsUrl;
        this.partnerToken = partnerToken;
        this.instances = instances;
        this.outbox = outbox;
        this.api = api;
        this.parts = parts;
    }

    /** An instance as it was just made, with its token in the clear. */
    public record NewInstance(long id, String token) {
        @Override
        public String toString() {
            return "NewInstance[id=" + id + "]";
        }
    }

    /** An instance, the state it is in, and whether its connection works at this moment. */
    public record InstanceView(long id, String name, InstanceState state, boolean online) {}

    /**
     * Starts a gateway: opens the data folder, loads all instances, listens, and connects what is linked. Returns as soon
     * as the API answers; sessions come online by themselves.
     *
     * @param whatsApp how to reach WhatsApp, or what stands for it
     * @throws UnusableDataException when the data folder can't be used, or files are kept where nobody answers
     * @throws io.greenfinch.gateway.http.ListenException when an address can't be listened at
     * @throws IllegalArgumentException when {@code whatsApp} names certificates that can't be read
     * @throws UnusableSettingsException when there is a quota for something else than a method, or no access to where
     *     files are kept
     */
    public static Gateway start(GatewaySettings settings, ClientSettings whatsApp) {
        return start(settings, ClientEngine.of(whatsApp, settings.clock(), settings.random()));
    }

    static Gateway start(GatewaySettings settings, Engine engine) {
        OpenParts parts = new OpenParts();
        try {
            return Wiring.of(settings, engine, parts);
        } catch (RuntimeException e) {
            parts.close();
            if (e instanceof StoreException) {
                throw new UnusableDataException(
                        "The data in " + settings.data() + " can't be used: " + e.getMessage() + ".", e);
            }
            throw e;
        }
    }

    /** How callers reach the API; files go to the same address. */
    public URI apiUrl() {
        return settings.publicUrl().orElseGet(api::reachableUrl);
    }

    /** The key to the partner methods. */
    public String partnerToken() {
        return partnerToken;
    }

    /** Where the partner token is kept; empty when it came with the settings. */
    public Optional<Path> partnerTokenFile() {
        return settings.partnerToken().isPresent() ? Optional.empty() : Optional.of(data.resolve(PARTNER_TOKEN_FILE));
    }

    /** Where the metrics are told, if anywhere. */
    public Optional<URI> metricsUrl() {
        return metricsUrl.map(url -> url.resolve("/metrics"));
    }

    /**
     * Makes an instance with the default settings, linked to nobody.
     *
     * @throws StoreException when it can't be stored
     */
    public NewInstance createInstance(String name) {
        return createInstance(name, InstanceSettings.DEFAULTS);
    }

    /**
     * The same with settings of its own.
     *
     * @throws StoreException when it can't be stored
     */
    public NewInstance createInstance(String name, InstanceSettings with) {
        Instances.Created created = instances.create(name, with, CreationRows.NONE);
        return new NewInstance(created.instance().id(), created.token().text());
    }

    /** All instances that live, by number. */
    public List<InstanceView> instances() {
        Instant now = settings.clock().instant();
        return instances.all().stream()
                .filter(instance -> instance.deleted().isEmpty())
                .map(instance ->
                        new InstanceView(instance.id(), instance.name(), instance.state(now), instance.online()))
                .toList();
    }

    /**
     * The code to scan for linking an instance, as text; blocks until there is one, at most for the request time-out.
     * Empty when there is no such instance.
     */
    public Optional<PairingCode> qrText(long id) {
        return instances
                .find(id)
                .flatMap(Instance::session)
                .map(session ->
                        session.account().pairingCode(settings.clock().instant().plus(settings.requestTimeout())));
    }

    /**
     * Stops within ten seconds: no new requests; those under way may finish, and are told the truth as it is then when
     * they can't; sessions close; what was handed to the store becomes durable. A second call does nothing.
     */
    @Override
    public void close() {
        outbox.close(); // who waits for a notification need not be waited for
        if (!api.drain(TIME_TO_FINISH)) {
            instances.close();
            if (!api.drain(TIME_TO_BE_TOLD)) {
                log.warn("Some requests were cut off by the stop");
            }
        }
        parts.close();
    }
}
