package io.greenfinch.protocol.signal;

import java.util.OptionalInt;

/**
 * The prekeys that a session was started from, named in each message until the other side answers.
 *
 * @param signedPreKeyId number of the signed prekey
 * @param preKeyId number of the one-time prekey, if there was one
 */
record PendingStart(int signedPreKeyId, OptionalInt preKeyId) {}
