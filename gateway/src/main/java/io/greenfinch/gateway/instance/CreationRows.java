package io.greenfinch.gateway.instance;

import io.greenfinch.gateway.store.Row;
import java.util.Optional;

/** What is stored in the very transactions that make a new instance, and take it back when it can't be used. */
public interface CreationRows {

    /** For an instance that nobody will ask for again. */
    CreationRows NONE = new CreationRows() {};

    /** Stored together with an instance of this number and token. It may be asked for more than once. */
    default Optional<Row> made(long id, ApiToken token) {
        return Optional.empty();
    }

    default Optional<Row> undone() {
        return Optional.empty();
    }
}
