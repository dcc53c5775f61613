package io.greenfinch.gateway.store;

import java.nio.file.Path;
import java.security.SecureRandom;

/** A data folder with its database open, as a gateway has it. */
record OpenData(DataFolder folder, Vault vault, SqliteDatabase database, SqliteSessionStore sessions)
        implements AutoCloseable {

    static OpenData at(Path data) {
        SecureRandom random = new SecureRandom();
        DataFolder folder = DataFolder.open(data);
        try {
            Vault vault = new Vault(MasterKey.ofFolder(folder, random), random);
            SqliteDatabase database = SqliteDatabase.open(folder, vault);
            return new OpenData(folder, vault, database, new SqliteSessionStore(database, vault));
        } catch (UnusableDataException e) {
            folder.close();
            throw e;
        }
    }

    @Override
    public void close() {
        database.close();
        folder.close();
    }
}
