package io.greenfinch.gateway.store;

import java.sql.SQLException;

/** A statement, or what belongs to it, has failed; the cause is the driver's. */
public final class DatabaseException extends RuntimeException {

    DatabaseException(SQLException cause) {
        super(cause.getMessage(), cause);
    }
}
