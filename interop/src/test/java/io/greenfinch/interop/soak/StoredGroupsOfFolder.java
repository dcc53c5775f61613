package io.greenfinch.interop.soak;

import io.greenfinch.client.group.KnownGroup;
import io.greenfinch.client.group.StoredGroups;
import io.greenfinch.client.store.StateKind;
import io.greenfinch.gateway.store.DataFolder;
import io.greenfinch.gateway.store.MasterKey;
import io.greenfinch.gateway.store.SqliteDatabase;
import io.greenfinch.gateway.store.SqliteSessionStore;
import io.greenfinch.gateway.store.Vault;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a gateway that has stopped left behind: the groups of each instance as its store has them. */
final class StoredGroupsOfFolder {

    private StoredGroupsOfFolder() {}

    /** Group metadata by group id, by instance. */
    static Map<Long, Map<String, KnownGroup>> read(Path folder, List<Long> instances) {
        SecureRandom random = new SecureRandom();
        Map<Long, Map<String, KnownGroup>> all = new HashMap<>();
        try (DataFolder data = DataFolder.open(folder)) {
            Vault vault = new Vault(MasterKey.ofFolder(data, random), random);
            try (SqliteDatabase database = SqliteDatabase.open(data, vault)) {
                SqliteSessionStore store = new SqliteSessionStore(database, vault);
                for (long instance : instances) {
                    Map<String, KnownGroup> groups = new HashMap<>();
                    store.load(instance, StateKind.GROUP)
                            .forEach((id, bytes) -> groups.put(id, StoredGroups.decode(bytes)));
                    all.put(instance, groups);
                }
            }
        }
        return all;
    }
}
