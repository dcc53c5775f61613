package io.greenfinch.interop.soak;

import io.greenfinch.client.group.KnownGroup;
import io.greenfinch.client.group.StoredGroups;
import io.greenfinch.client.store.StateKind;
import io.greenfinch.client.time.ScheduledTimers;
import io.greenfinch.gateway.store.DataFolder;
import io.greenfinch.gateway.store.Database;
import io.greenfinch.gateway.store.DatabaseSessionStore;
import io.greenfinch.gateway.store.MasterKey;
import io.greenfinch.gateway.store.SqliteDatabase;
import io.greenfinch.gateway.store.Vault;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a gateway that has stopped left behind.
 *
 * @param groups group metadata by group id, by instance
 * @param doubts how many groups were still to be fetched
 */
record StoredGroupsOfFolder(Map<Long, Map<String, KnownGroup>> groups, int doubts) {

    /** Reads the folder of a gateway that has stopped. */
    static StoredGroupsOfFolder read(Path folder, List<Long> instances) {
        SecureRandom random = new SecureRandom();
        Map<Long, Map<String, KnownGroup>> all = new HashMap<>();
        int doubts = 0;
        try (DataFolder data = DataFolder.open(folder)) {
            Vault vault = new Vault(MasterKey.ofFolder(data, random), random);
            try (ScheduledTimers timers = new ScheduledTimers(Clock.systemUTC());
                    Database database = SqliteDatabase.open(data, vault, Clock.systemUTC(), timers)) {
                DatabaseSessionStore store = new DatabaseSessionStore(database, vault);
                for (long instance : instances) {
                    Map<String, KnownGroup> groups = new HashMap<>();
                    store.load(instance, StateKind.GROUP)
                            .forEach((id, bytes) -> groups.put(id, StoredGroups.decode(bytes)));
                    all.put(instance, groups);
                    doubts += store.load(instance, StateKind.GROUP_DOUBT).size();
                }
            }
        }
        return new StoredGroupsOfFolder(all, doubts);
    }
}
