/** The data folder: lock, master key, SQLite database and leave journal. The only package that sees JDBC. */
@NullMarked
package io.greenfinch.gateway.store;

import org.jspecify.annotations.NullMarked;
