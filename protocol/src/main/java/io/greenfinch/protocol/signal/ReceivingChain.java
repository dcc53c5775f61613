package io.greenfinch.protocol.signal;

import io.greenfinch.protocol.curve.KeyPair;
import java.util.Arrays;

/**
 * A chain by which messages arrive.
 *
 * @param key key of the next message; empty once the chain is closed, when all its messages are known to have been sent
 * @param next number of the next message
 * @param skipped seeds of earlier messages that have not arrived
 */
record ReceivingChain(byte[] key, int next, SkippedKeys skipped) {

    /** As many messages may be missing before one that arrives. */
    static final int MAX_AHEAD = 2000;

    private static final byte[] CLOSED = {};

    static ReceivingChain of(byte[] key) {
        return new ReceivingChain(key, 0, SkippedKeys.NONE);
    }

    /** What a chain has for a message. */
    sealed interface Lookup {

        /** The seed of its keys, and the chain once it is read. */
        record Found(byte[] seed, ReceivingChain rest) implements Lookup {}

        /** Nothing. */
        record Missing(Decryption.Reason reason) implements Lookup {}
    }

    Lookup find(int counter) {
        if (counter < 0 || counter == Integer.MAX_VALUE) {
            return new Lookup.Missing(Decryption.Reason.TOO_FAR_AHEAD);
        }
        if (counter < next) {
            return skipped.seed(counter)
                    .<Lookup>map(
                            seed -> new Lookup.Found(seed, new ReceivingChain(key, next, skipped.without(counter))))
                    .orElse(new Lookup.Missing(Decryption.Reason.DUPLICATE));
        }
        int missing = counter - next;
        if (isClosed() || missing > MAX_AHEAD) {
            return new Lookup.Missing(Decryption.Reason.TOO_FAR_AHEAD);
        }
        ChainKey link = new ChainKey(key, next);
        byte[] seeds = new byte[missing * KeyPair.KEY_LENGTH];
        for (int i = 0; i < missing; i++) {
            System.arraycopy(link.seed(), 0, seeds, i * KeyPair.KEY_LENGTH, KeyPair.KEY_LENGTH);
            link = link.next();
        }
        return new Lookup.Found(
                link.seed(), new ReceivingChain(link.next().key(), counter + 1, skipped.with(next, seeds)));
    }

    boolean isClosed() {
        return key.length == 0;
    }

    /**
     * This chain, once its sender has told the number of its last message: closed when that has arrived, so that the key
     * of later ones, which there are none of, is not kept. One that is still to come keeps it open.
     */
    ReceivingChain endingAt(int last) {
        return last >= 0 && last < next ? new ReceivingChain(CLOSED, next, skipped) : this;
    }

    ReceivingChain withSkipped(SkippedKeys fewer) {
        return new ReceivingChain(key, next, fewer);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ReceivingChain that
                && Arrays.equals(key, that.key)
                && next == that.next
                && skipped.equals(that.skipped);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(key) + next;
    }

    @Override
    public String toString() {
        return "ReceivingChain[next " + next + ", " + skipped + "]";
    }
}
