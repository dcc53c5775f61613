package io.greenfinch.gateway;

import io.greenfinch.client.time.ScheduledTimers;
import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.instance.EventProjection;
import io.greenfinch.gateway.instance.Instances;
import io.greenfinch.gateway.instance.MessageRows;
import io.greenfinch.gateway.instance.SettingsBook;
import io.greenfinch.gateway.notification.Outbox;
import io.greenfinch.gateway.picture.PictureStudio;
import io.greenfinch.gateway.sending.Sending;
import io.greenfinch.gateway.store.DataFolder;
import io.greenfinch.gateway.store.Database;
import io.greenfinch.gateway.store.EventLogTable;
import io.greenfinch.gateway.store.InstanceNumbers;
import io.greenfinch.gateway.store.InstanceTable;
import io.greenfinch.gateway.store.KeptAnswerTable;
import io.greenfinch.gateway.store.MasterKey;
import io.greenfinch.gateway.store.MessageTable;
import io.greenfinch.gateway.store.OutboxTable;
import io.greenfinch.gateway.store.SendQueueTable;
import io.greenfinch.gateway.store.SqliteDatabase;
import io.greenfinch.gateway.store.SqliteLeaveIntents;
import io.greenfinch.gateway.store.StateHistoryTable;
import io.greenfinch.gateway.store.Vault;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
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
                    PictureStudio studio = new PictureStudio()) {
                StateHistoryTable history = new StateHistoryTable(database, vault);
                Instances instances = new Instances(
                        new InstanceTable(database, vault),
                        new InstanceNumbers(folder),
                        intents,
                        vault,
                        id -> new ScriptedSession(),
                        new SettingsBook(),
                        clock,
                        random);
                Outbox outbox = new Outbox(
                        new OutboxTable(database, vault, clock, OutboxTable.Bounds.STANDARD),
                        new EventLogTable(database, vault, clock, EventLogTable.STANDARD_WEIGHT),
                        timers,
                        clock,
                        new SimpleMeterRegistry());
                MessageRows rows = new MessageRows(
                        new MessageTable(database, vault, clock, GatewaySettings.HISTORY, MessageTable.STANDARD_MOST),
                        new SendQueueTable(database, vault, clock, SendQueueTable.STANDARD_MOST));
                SettingsBook settings = new SettingsBook();
                EventProjection projection = new EventProjection(
                        history, new KeptAnswerTable(database, vault, clock), outbox, settings, rows);
                Sending sending = new Sending(rows, projection, instances, settings, timers, clock);
                visitor.accept(Stream.concat(
                                ApiMethods.offered(clock, instances, history, studio, outbox, rows.messages(), sending)
                                        .stream(),
                                KnownMethod.all())
                        .filter(ApiMethod.OfInstance.class::isInstance)
                        .map(ApiMethod.OfInstance.class::cast)
                        .toList());
            }
        }
    }
}
