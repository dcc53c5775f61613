package io.greenfinch.gateway.store;

import java.sql.ResultSet;
import java.sql.SQLException;

/** Makes something of the row that a result stands at. It keeps hold of neither. */
@FunctionalInterface
public interface RowReader<T> {

    /** The number in the first column. */
    RowReader<Long> NUMBER = row -> row.getLong(1);

    /** The text in the first column, which is there. */
    RowReader<String> TEXT = row -> row.getString(1);

    /** The bytes in the first column, which are there. */
    RowReader<byte[]> BYTES = row -> row.getBytes(1);

    T read(ResultSet row) throws SQLException;
}
