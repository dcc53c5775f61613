package io.greenfinch.gateway;

import io.greenfinch.client.ClientSettings;
import io.greenfinch.client.PairingCode;
import io.greenfinch.client.store.StoreException;
import io.greenfinch.client.time.ScheduledTimers;
import io.greenfinch.client.time.SteadyClock;
import io.greenfinch.gateway.account.SettingFields;
import io.greenfinch.gateway.address.AddressGuard;
import io.greenfinch.gateway.contact.ReadMarks;
import io.greenfinch.gateway.http.ApiHandler;
import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.HttpServer;
import io.greenfinch.gateway.http.Traffic;
import io.greenfinch.gateway.http.Uploads;
import io.greenfinch.gateway.instance.CreationRows;
import io.greenfinch.gateway.instance.EventProjection;
import io.greenfinch.gateway.instance.Instance;
import io.greenfinch.gateway.instance.InstanceSettings;
import io.greenfinch.gateway.instance.InstanceState;
import io.greenfinch.gateway.instance.Instances;
import io.greenfinch.gateway.instance.MessageRows;
import io.greenfinch.gateway.instance.SessionEvents;
import io.greenfinch.gateway.instance.SessionSource;
import io.greenfinch.gateway.instance.SettingsBook;
import io.greenfinch.gateway.notification.Outbox;
import io.greenfinch.gateway.partner.PartnerToken;
import io.greenfinch.gateway.picture.PictureStudio;
import io.greenfinch.gateway.sending.Sending;
import io.greenfinch.gateway.store.DataFolder;
import io.greenfinch.gateway.store.Database;
import io.greenfinch.gateway.store.DatabaseSessionStore;
import io.greenfinch.gateway.store.InstanceNumbers;
import io.greenfinch.gateway.store.MasterKey;
import io.greenfinch.gateway.store.SqliteDatabase;
import io.greenfinch.gateway.store.SqliteLeaveIntents;
import io.greenfinch.gateway.store.UnusableDataException;
import io.greenfinch.gateway.store.Vault;
import io.greenfinch.gateway.webhook.WebhookSender;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
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

    /** Requests that bring files, at a time: with the limit of each they bound the disk that strangers may fill. */
    private static final int MAX_UPLOADS = 64;

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

    private Gateway(
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
     * @throws UnusableDataException when the data folder can't be used
     * @throws io.greenfinch.gateway.http.ListenException when an address can't be listened at
     * @throws IllegalArgumentException when {@code whatsApp} names certificates that can't be read
     * @throws UnusableSettingsException when there is a quota for something else than a method
     */
    public static Gateway start(GatewaySettings settings, ClientSettings whatsApp) {
        return start(settings, ClientEngine.of(whatsApp, settings.clock(), settings.random()));
    }

    static Gateway start(GatewaySettings settings, Engine engine) {
        OpenParts parts = new OpenParts();
        try {
            return start(settings, engine, parts);
        } catch (RuntimeException e) {
            parts.close();
            if (e instanceof StoreException) {
                throw new UnusableDataException(
                        "The data in " + settings.data() + " can't be used: " + e.getMessage() + ".", e);
            }
            throw e;
        }
    }

    private static Gateway start(GatewaySettings settings, Engine engine, OpenParts parts) {
        Clock clock = settings.clock();
        Clock wall = SteadyClock.wall(clock);
        DataFolder folder = parts.opened(DataFolder.open(settings.data()));
        MasterKey key = settings.masterKey().orElseGet(() -> MasterKey.ofFolder(folder, settings.random()));
        Vault vault = new Vault(key, settings.random());
        ScheduledTimers timers = parts.opened(new ScheduledTimers(clock));
        Database database = parts.opened(SqliteDatabase.open(folder, vault, clock, timers));
        SqliteLeaveIntents intents = parts.opened(SqliteLeaveIntents.open(folder, wall));
        DatabaseSessionStore store = new DatabaseSessionStore(database, vault);
        Metrics metrics = parts.opened(new Metrics(timers, clock));
        engine.bindTo(metrics.registry());

        Tables tables = Tables.over(database, vault, wall, settings.history());
        Outbox outbox = parts.opened(new Outbox(tables.outbox(), tables.events(), timers, clock, metrics.registry()));
        SettingsBook book = new SettingsBook();
        MessageRows rows = new MessageRows(tables.messages(), tables.queue());
        EventProjection projection = new EventProjection(tables.history(), tables.answers(), outbox, book, rows);
        SessionEvents events = new SessionEvents(store, projection);
        SessionSource sessions = parts.opened(engine).start(store, intents, events);
        Instances instances = parts.opened(new Instances(
                tables.instances(),
                new InstanceNumbers(folder),
                intents,
                vault,
                sessions,
                book,
                wall,
                settings.random()));
        instances.load();
        projection.linked(instances.all());
        book.listen(outbox::wake);
        Sending sending =
                parts.opened(new Sending(rows, projection, instances, book, settings.minSendDelay(), timers, clock));
        events.listen(sending::happened);
        events.listen(new ReadMarks(instances, book, tables.messages(), clock)::happened);
        metrics.watch(instances, database, clock);

        PartnerToken partnerToken = PartnerToken.of(settings.partnerToken()
                        .orElseGet(() ->
                                folder.secretFile(PARTNER_TOKEN_FILE, () -> PartnerToken.fresh(settings.random()))))
                .orElseThrow(() -> new UnusableSettingsException(PartnerToken.RULE));
        PictureStudio studio = parts.opened(new PictureStudio());
        SettingFields fields = new SettingFields(settings.minSendDelay());
        List<ApiMethod> methods = ApiMethods.offered(clock, instances, fields, tables, studio, outbox, sending);
        ApiMethods.checkQuotas(settings.quotas(), methods);
        AtomicReference<URI> apiUrl = new AtomicReference<>(settings.publicUrl().orElse(URI.create("/")));
        ApiHandler handler = Front.handler(
                settings,
                methods,
                instances,
                partnerToken,
                tables,
                new Uploads(folder.uploads(), MAX_UPLOADS),
                new Traffic(metrics.registry()),
                database::healthy,
                apiUrl::get);
        HttpServer api = parts.opened(Listeners.api(settings, handler));
        apiUrl.set(settings.publicUrl().orElseGet(api::reachableUrl));
        parts.opened(folder.tell(ADDRESS_FILE, api.url().toString()));
        Optional<HttpServer> metricsServer = settings.metricsListen()
                .map(address -> parts.opened(Listeners.metrics(settings, address, metrics.handler(clock))));
        WebhookSender sender = parts.opened(new WebhookSender(
                outbox,
                book,
                new AddressGuard(settings.privateAddresses()),
                settings.webhooks(),
                timers,
                clock,
                wall,
                metrics.registry()));
        outbox.start();
        sender.start();
        sending.start();
        instances.start();
        return new Gateway(
                settings,
                folder.path(),
                partnerToken.text(),
                instances,
                outbox,
                api,
                metricsServer.map(HttpServer::url),
                parts);
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
