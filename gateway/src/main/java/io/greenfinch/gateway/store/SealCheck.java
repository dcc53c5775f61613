package io.greenfinch.gateway.store;

import io.greenfinch.client.store.StoreException;
import java.util.Optional;

/** A known value under the master key, so that a wrong key is noticed at start and not at the first login. */
final class SealCheck {

    private static final String PURPOSE = "check";

    private SealCheck() {}

    static void run(Handle handle, Vault vault) {
        Optional<byte[]> sealed = handle.first("SELECT sealed FROM seal_check WHERE id = 1", RowReader.BYTES);
        if (sealed.isEmpty()) {
            handle.execute("INSERT INTO seal_check (id, sealed) VALUES (1, ?)", vault.seal(new byte[1], PURPOSE));
            return;
        }
        try {
            vault.open(sealed.get(), PURPOSE);
        } catch (StoreException e) {
            throw new UnusableDataException("The master key is not the one this database was written with.", e);
        }
    }
}
