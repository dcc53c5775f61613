package io.greenfinch.gateway;

import io.greenfinch.client.time.ScheduledTimers;
import io.greenfinch.gateway.account.SettingFields;
import io.greenfinch.gateway.address.AddressGuard;
import io.greenfinch.gateway.file.FileLinks;
import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Uploads;
import io.greenfinch.gateway.instance.CallRows;
import io.greenfinch.gateway.instance.ChatRows;
import io.greenfinch.gateway.instance.EventProjection;
import io.greenfinch.gateway.instance.Instances;
import io.greenfinch.gateway.instance.MessageRows;
import io.greenfinch.gateway.instance.PastRows;
import io.greenfinch.gateway.instance.SettingsBook;
import io.greenfinch.gateway.media.StoredFiles;
import io.greenfinch.gateway.media.UrlFile;
import io.greenfinch.gateway.notification.EventLog;
import io.greenfinch.gateway.notification.Outbox;
import io.greenfinch.gateway.picture.PictureStudio;
import io.greenfinch.gateway.preview.PreviewMaker;
import io.greenfinch.gateway.sending.FileDrafts;
import io.greenfinch.gateway.sending.Sending;
import io.greenfinch.gateway.store.DataFolder;
import io.greenfinch.gateway.store.Database;
import io.greenfinch.gateway.store.InstanceNumbers;
import io.greenfinch.gateway.store.MasterKey;
import io.greenfinch.gateway.store.SqliteDatabase;
import io.greenfinch.gateway.store.SqliteLeaveIntents;
import io.greenfinch.gateway.store.Vault;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The methods of instances, made as the gateway makes them. */
final class AllMethods {

    private AllMethods() {}

    /** Shows them, in a data folder of their own. */
    static void visit(Path data, Consumer<List<ApiMethod.OfInstance>> visitor) {
        Clock clock = Clock.systemUTC();
        SecureRandom random = new SecureRandom();
        try (DataFolder folder = DataFolder.open(data)) {
            Vault vault = new Vault(MasterKey.ofFolder(folder, random), random);
            try (ScheduledTimers timers = new ScheduledTimers(clock);
                    Database database = SqliteDatabase.open(folder, vault, clock, timers);
                    SqliteLeaveIntents intents = SqliteLeaveIntents.open(folder, clock);
                    PictureStudio studio = new PictureStudio();
                    UrlFile urls = new UrlFile(new AddressGuard(true), clock)) {
                Tables tables = Tables.over(database, vault, clock, GatewaySettings.HISTORY);
                SettingsBook settings = new SettingsBook();
                Instances instances = new Instances(
                        tables.instances(),
                        new InstanceNumbers(folder),
                        intents,
                        vault,
                        id -> new ScriptedSession(),
                        settings,
                        clock,
                        random);
                EventLog log = new EventLog(tables.events(), timers, clock);
                Outbox outbox = new Outbox(tables.outbox(), log, timers, clock, new SimpleMeterRegistry());
                FileLinks links = new FileLinks(tables.files(), () -> URI.create("http://localhost"), random);
                MessageRows rows =
                        new MessageRows(tables.messages(), tables.receipts(), tables.queue(), links, tables.contacts());
                PastRows past = new PastRows(tables.past(), tables.names(), tables.progress(), rows);
                EventProjection projection = new EventProjection(
                        tables.history(),
                        tables.answers(),
                        outbox,
                        settings,
                        rows,
                        new ChatRows(tables.contacts(), tables.marks(), tables.timers()),
                        new CallRows(tables.calls()),
                        past);
                Uploads places = new Uploads(folder.uploads(), 64);
                PreviewMaker previews = new PreviewMaker(urls, studio, places, clock);
                StoredFiles files = new StoredFiles(
                        links,
                        folder.kept(),
                        places,
                        places,
                        GatewaySettings.FILES_ROOM,
                        instances,
                        tables.messages(),
                        timers,
                        clock);
                Sending sending = new Sending(
                        rows,
                        tables.timers(),
                        files,
                        previews,
                        projection,
                        instances,
                        settings,
                        GatewaySettings.MIN_SEND_DELAY,
                        timers,
                        clock);
                List<ApiMethod> offered = ApiMethods.offered(
                        clock,
                        instances,
                        new SettingFields(GatewaySettings.MIN_SEND_DELAY),
                        tables,
                        studio,
                        outbox,
                        log,
                        projection,
                        sending,
                        new FileDrafts(sending, files, studio, clock),
                        urls,
                        random);
                visitor.accept(Stream.concat(offered.stream(), KnownMethod.all())
                        .filter(ApiMethod.OfInstance.class::isInstance)
                        .map(ApiMethod.OfInstance.class::cast)
                        .toList());
            }
        }
    }
}
