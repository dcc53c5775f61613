package io.greenfinch.gateway;

import io.greenfinch.client.time.ScheduledTimers;
import io.greenfinch.client.time.SteadyClock;
import io.greenfinch.gateway.account.SettingFields;
import io.greenfinch.gateway.address.AddressGuard;
import io.greenfinch.gateway.console.Console;
import io.greenfinch.gateway.console.NodeFacts;
import io.greenfinch.gateway.contact.ReadMarks;
import io.greenfinch.gateway.docs.ApiPage;
import io.greenfinch.gateway.file.FileLink;
import io.greenfinch.gateway.file.FileLinks;
import io.greenfinch.gateway.history.CallExpiry;
import io.greenfinch.gateway.http.ApiHandler;
import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.BearerHandler;
import io.greenfinch.gateway.http.CallsFirst;
import io.greenfinch.gateway.http.FileHandler;
import io.greenfinch.gateway.http.HttpServer;
import io.greenfinch.gateway.http.LocalCalls;
import io.greenfinch.gateway.http.MethodGate;
import io.greenfinch.gateway.http.Quotas;
import io.greenfinch.gateway.http.RateLimiter;
import io.greenfinch.gateway.http.Routes;
import io.greenfinch.gateway.http.SiteForms;
import io.greenfinch.gateway.http.SiteHandler;
import io.greenfinch.gateway.http.Traffic;
import io.greenfinch.gateway.http.Uploads;
import io.greenfinch.gateway.instance.CallRows;
import io.greenfinch.gateway.instance.ChatRows;
import io.greenfinch.gateway.instance.EventProjection;
import io.greenfinch.gateway.instance.Instances;
import io.greenfinch.gateway.instance.MessageRows;
import io.greenfinch.gateway.instance.PastRows;
import io.greenfinch.gateway.instance.SessionEvents;
import io.greenfinch.gateway.instance.SessionSource;
import io.greenfinch.gateway.instance.SettingsBook;
import io.greenfinch.gateway.mcp.McpEndpoint;
import io.greenfinch.gateway.media.LinkedFiles;
import io.greenfinch.gateway.media.StoredFiles;
import io.greenfinch.gateway.media.UrlFile;
import io.greenfinch.gateway.notification.EventLog;
import io.greenfinch.gateway.notification.Outbox;
import io.greenfinch.gateway.partner.PartnerToken;
import io.greenfinch.gateway.picture.PictureStudio;
import io.greenfinch.gateway.preview.PreviewMaker;
import io.greenfinch.gateway.sending.FileDrafts;
import io.greenfinch.gateway.sending.Sending;
import io.greenfinch.gateway.store.Backup;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;

/** The one place that knows how a gateway is put together; to be read from top to bottom. */
final class Wiring {

    /** Requests that bring files, at a time: with the limit of each they bound the disk that strangers may fill. */
    private static final int MAX_UPLOADS = 64;

    private Wiring() {}

    /** Puts together a gateway that runs; what is opened for it is closed with the parts. */
    static Gateway of(GatewaySettings settings, Engine engine, OpenParts parts) {
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
        EventLog log = new EventLog(tables.events(), timers, clock);
        Outbox outbox = parts.opened(new Outbox(tables.outbox(), log, timers, clock, metrics.registry()));
        SettingsBook book = new SettingsBook();
        AtomicReference<URI> apiUrl = new AtomicReference<>(settings.publicUrl().orElse(URI.create("/")));
        FileLinks links = new FileLinks(tables.files(), apiUrl::get, settings.random());
        MessageRows rows =
                new MessageRows(tables.messages(), tables.receipts(), tables.queue(), links, tables.contacts());
        ChatRows chats = new ChatRows(tables.contacts(), tables.marks(), tables.timers());
        PastRows past = new PastRows(tables.past(), tables.names(), tables.progress(), rows);
        EventProjection projection = new EventProjection(
                tables.history(), tables.answers(), outbox, book, rows, chats, new CallRows(tables.calls()), past);
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
        Path uploads = folder.uploads();
        Uploads places = new Uploads(uploads, MAX_UPLOADS);
        Uploads arriving = new Uploads(uploads, MAX_UPLOADS);
        StoredFiles files = parts.opened(new StoredFiles(
                links,
                KeptFiles.of(settings, folder, parts),
                places,
                arriving,
                settings.filesRoom(),
                instances,
                tables.messages(),
                timers,
                clock));
        PictureStudio studio = parts.opened(new PictureStudio());
        AddressGuard guard = new AddressGuard(settings.privateAddresses());
        UrlFile urls = parts.opened(new UrlFile(guard, clock));
        PreviewMaker previews = new PreviewMaker(urls, studio, places, clock);
        Sending sending = parts.opened(new Sending(
                rows,
                tables.timers(),
                files,
                previews,
                projection,
                instances,
                book,
                settings.minSendDelay(),
                timers,
                clock));
        book.listen(sending::settingsChanged);
        events.listen(sending::happened);
        events.listen(new ReadMarks(instances, book, tables.messages(), clock)::happened);
        CallExpiry callExpiry = parts.opened(new CallExpiry(tables.calls(), timers, clock));
        metrics.watch(instances, database, clock);

        PartnerToken partnerToken = PartnerToken.of(settings.partnerToken()
                        .orElseGet(() -> folder.secretFile(
                                Gateway.PARTNER_TOKEN_FILE, () -> PartnerToken.fresh(settings.random()))))
                .orElseThrow(() -> new UnusableSettingsException(PartnerToken.RULE));
        SettingFields fields = new SettingFields(settings.minSendDelay());
        FileDrafts drafts = new FileDrafts(sending, files, studio, clock);
        List<ApiMethod> methods = ApiMethods.offered(
                clock,
                instances,
                fields,
                tables,
                studio,
                outbox,
                log,
                projection,
                sending,
                drafts,
                urls,
                settings.random());
        ApiMethods.checkQuotas(settings.quotas(), methods);
        Routes routes = Front.routes(methods, database::healthy, apiUrl::get);
        MethodGate gate = new MethodGate(
                new Quotas(settings.quotas(), tables.quotas(), projection::tell, wall), tables.messages(), clock);
        RateLimiter limiter = new RateLimiter(settings.rateLimits(), clock);
        ApiHandler handler = new ApiHandler(
                routes,
                instances,
                partnerToken::is,
                limiter,
                gate,
                tables.answers(),
                places,
                new Traffic(metrics.registry()),
                settings.requestTimeout(),
                clock);
        LocalCalls calls = new LocalCalls(routes, gate, limiter, settings.requestTimeout(), clock);
        Console console = new Console(new Console.Parts(
                instances,
                calls,
                partnerToken::is,
                log,
                outbox,
                new NodeFacts(metrics.registry()),
                () -> backup(folder, uploads),
                settings.simulator(),
                apiUrl::get,
                clock,
                settings.random()));
        SiteForms forms = new SiteForms(
                places, Map.of(Console.FILE, FileLinks.LARGEST), console::known, settings.requestTimeout());
        SiteHandler site = new SiteHandler(Console.ROOT, Console.COOKIE, console::answer, forms);
        SiteHandler docs = new SiteHandler(ApiPage.ROOT, "", new ApiPage(apiUrl::get)::answer, forms);
        BearerHandler mcp = new BearerHandler(
                McpEndpoint.PATH,
                instances::withToken,
                settings::publicUrl,
                settings.requestTimeout(),
                new McpEndpoint(calls, settings.requestTimeout(), settings.random()));
        FileHandler linked =
                new FileHandler(FileLink.FOLDER, new LinkedFiles(files)::at, settings.requestTimeout(), clock);
        HttpServer api = parts.opened(Listeners.api(settings, new CallsFirst(handler, site, docs, mcp, linked)));
        engine.answering();
        apiUrl.set(settings.publicUrl().orElseGet(api::reachableUrl));
        parts.opened(folder.tell(Gateway.ADDRESS_FILE, api.url().toString()));
        Optional<HttpServer> metricsServer = settings.metricsListen()
                .map(address -> parts.opened(Listeners.metrics(settings, address, metrics.handler(clock))));
        WebhookSender sender = parts.opened(
                new WebhookSender(outbox, book, guard, settings.webhooks(), timers, clock, wall, metrics.registry()));
        outbox.start();
        sender.start();
        files.start();
        callExpiry.start();
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

    /**
     * Among the files that are deleted at the next start, should this process be killed before. On a thread of its own: the database
     * does it in one call, which would keep a processor from all virtual threads.
     */
    private static Path backup(DataFolder folder, Path uploads) {
        Path file = uploads.resolve("backup-" + UUID.randomUUID());
        FutureTask<Path> writing = new FutureTask<>(() -> Backup.write(folder, file), file);
        Thread.ofPlatform().name("backup").start(writing);
        try {
            return writing.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof UnusableDataException known
                    ? known
                    : new UnusableDataException("The backup can't be written.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnusableDataException("The backup was interrupted.", e);
        }
    }
}
