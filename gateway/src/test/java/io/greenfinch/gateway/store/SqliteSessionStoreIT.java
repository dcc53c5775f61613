package io.greenfinch.gateway.store;

import io.greenfinch.client.store.SessionStore;
import io.greenfinch.client.store.SessionStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class SqliteSessionStoreIT implements SessionStoreContract<Row> {

    @TempDir
    private Path data;

    private OpenData open;

    @BeforeEach
    void open() {
        open = OpenData.at(data);
    }

    @AfterEach
    void close() {
        open.close();
    }

    @Override
    public SessionStore<Row> store() {
        return open.sessions();
    }

    @Override
    public SessionStore<Row> reopened() {
        open.close();
        open = OpenData.at(data);
        return open.sessions();
    }

    @Override
    public long instance(int number) {
        return 1_101_000_000L + number;
    }
}
