package io.greenfinch.gateway.store;

import java.nio.file.Path;

/**
 * Where everything in a data folder is.
 *
 * @param folder absolute
 */
record DataFiles(Path folder) {

    Path database() {
        return folder.resolve("greenfinch.db");
    }

    /** Its log, which holds what is not in the database itself yet. */
    Path log() {
        return folder.resolve("greenfinch.db-wal");
    }

    /** Whether the database is in use. */
    Path databaseState() {
        return folder.resolve("greenfinch.state");
    }

    /** The highest number that an instance was given. */
    Path lastInstance() {
        return folder.resolve("last-instance");
    }

    Path masterKey() {
        return folder.resolve(MasterKey.FILE);
    }

    Path leaveIntents() {
        return folder.resolve("leaves.db");
    }
}
