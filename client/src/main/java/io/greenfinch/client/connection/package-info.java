/**
 * The way to the server: dialling, the handshake on it, liveness, pace and back-off (specification §1, §2). What a stanza means, and
 * who we are to the server, stays out.
 */
@NullMarked
package io.greenfinch.client.connection;

import org.jspecify.annotations.NullMarked;
