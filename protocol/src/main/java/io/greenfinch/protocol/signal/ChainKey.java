package io.greenfinch.protocol.signal;

/**
 * One link of a chain of keys (specification §11.3): what its message is encrypted with, and the next link.
 *
 * @param key 32 bytes; read-only
 * @param index the number of its message
 */
record ChainKey(byte[] key, int index) {

    private static final byte[] SEED = {1};
    private static final byte[] NEXT = {2};

    /** What the keys of this link's message are derived from. */
    byte[] seed() {
        return Hmac.of(key, SEED);
    }

    ChainKey next() {
        return new ChainKey(Hmac.of(key, NEXT), Math.addExact(index, 1));
    }

    @Override
    public String toString() {
        return "ChainKey[" + index + "]";
    }
}
