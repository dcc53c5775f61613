package io.greenfinch.gateway.instance;

import io.greenfinch.client.Account;
import io.greenfinch.client.DisconnectCause;
import io.greenfinch.client.SessionEvent;
import io.greenfinch.client.SessionStatus;
import io.greenfinch.client.SessionStatus.Phase;
import io.greenfinch.client.store.Change;
import io.greenfinch.client.store.StateKind;
import io.greenfinch.client.time.ScheduledTimers;
import io.greenfinch.gateway.store.DataFolder;
import io.greenfinch.gateway.store.Database;
import io.greenfinch.gateway.store.DatabaseSessionStore;
import io.greenfinch.gateway.store.MasterKey;
import io.greenfinch.gateway.store.SqliteDatabase;
import io.greenfinch.gateway.store.Vault;
import io.greenfinch.protocol.binary.Jid;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A process to be killed: links and unlinks an account without end, in the units in which a session does that. */
final class EndlessLinking {

    private static final Account ANNA = new Account(Jid.pn("15550001001"), Optional.empty(), "android");

    private EndlessLinking() {}

    /** Works in the folder of this name for this instance; writes a line after each unit. */
    public static void main(String[] arguments) {
        long instance = Long.parseLong(arguments[1]);
        SecureRandom random = new SecureRandom();
        DataFolder folder = DataFolder.open(Path.of(arguments[0]));
        Vault vault = new Vault(MasterKey.ofFolder(folder, random), random);
        ScheduledTimers timers = new ScheduledTimers(Clock.systemUTC());
        Database database = SqliteDatabase.open(folder, vault, Clock.systemUTC(), timers);
        DatabaseSessionStore store = new DatabaseSessionStore(database, vault);
        SettingsBook settings = new SettingsBook();
        settings.put(
                instance,
                InstanceSettings.ofStored("{\"stateWebhook\":\"yes\"}").orElseThrow());
        SessionEvents events = new SessionEvents(store, Projections.over(database, vault, timers, settings));
        long epoch = store.claim(instance);
        while (true) {
            Instant now = Instant.now();
            store(
                    events,
                    instance,
                    epoch,
                    List.of(
                            new Change.Clear(StateKind.CREDENTIALS),
                            new Change.Put(StateKind.CREDENTIALS, "self", new byte[64])),
                    List.of(new SessionEvent.Linked(now, ANNA), status(now, Phase.CONNECTING, Optional.of(ANNA))));
            store(events, instance, epoch, List.of(), List.of(status(now, Phase.ONLINE, Optional.of(ANNA))));
            store(
                    events,
                    instance,
                    epoch,
                    List.of(new Change.Clear(StateKind.CREDENTIALS)),
                    List.of(
                            new SessionEvent.Unlinked(now, DisconnectCause.UNLINKED),
                            status(now, Phase.UNLINKED, Optional.empty())));
        }
    }

    private static void store(
            SessionEvents sink, long instance, long epoch, List<Change> changes, List<SessionEvent> events) {
        sink.store(instance, epoch, changes, events).toCompletableFuture().join();
        System.out.println("stored");
    }

    private static SessionEvent status(Instant now, Phase phase, Optional<Account> account) {
        return new SessionEvent.StatusChanged(now, new SessionStatus(phase, now, account, Optional.empty()));
    }
}
