package io.greenfinch.protocol.signal;

import java.util.Arrays;

/**
 * A chain of a session, with the ratchet key that its messages name.
 *
 * @param ratchetKey the sender's ratchet key, raw; read-only
 */
record RatchetChain(byte[] ratchetKey, ReceivingChain chain) {

    boolean isOf(byte[] key) {
        return Arrays.equals(ratchetKey, key);
    }

    RatchetChain with(ReceivingChain after) {
        return new RatchetChain(ratchetKey, after);
    }
}
