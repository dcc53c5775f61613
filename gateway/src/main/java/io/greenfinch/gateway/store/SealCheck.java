package io.greenfinch.gateway.store;

import io.greenfinch.client.store.StoreException;
import java.util.Optional;

/** A known value under the master key, so that a wrong key is noticed at start and not at the first login. */
final class SealCheck {

    private static final String PURPOSE = "check";

    private SealCheck() {}

    static void run(Handle handle, Vault vault) {
        if (sealed(handle).isEmpty()) {
            handle.execute("INSERT INTO seal_check (id, sealed) VALUES (1, ?)", vault.seal(new byte[1], PURPOSE));
        } else {
            look(handle, vault);
        }
    }

    private static Optional<byte[]> sealed(Handle handle) {
        return handle.first("SELECT sealed FROM seal_check WHERE id = 1", RowReader.BYTES);
    }

    /**
     * Looks without writing.
     *
     * @throws UnusableDataException when it is another key
     */
    static void look(Handle handle, Vault vault) {
        Optional<byte[]> sealed = sealed(handle);
        if (sealed.isEmpty()) {
            return;
        }
        try {
            vault.open(sealed.get(), PURPOSE);
        } catch (StoreException e) {
            throw new UnusableDataException("The master key is not the one this database was written with.", e);
        }
    }
}
