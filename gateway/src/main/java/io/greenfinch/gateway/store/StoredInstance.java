package io.greenfinch.gateway.store;

import java.time.Instant;
import java.util.Optional;

/**
 * An instance as it is kept.
 *
 * @param fingerprint what its token is known by
 * @param settings its settings as text, in whatever form their owner chose; empty when they are damaged
 * @param deleted when it was deleted
 */
public record StoredInstance(
        long id,
        String name,
        byte[] fingerprint,
        Optional<String> settings,
        Instant created,
        Optional<Instant> deleted) {}
