/** The data folder: lock, master key, database and leave intents. The only package that sees JDBC. */
@NullMarked
package io.greenfinch.gateway.store;

import org.jspecify.annotations.NullMarked;
