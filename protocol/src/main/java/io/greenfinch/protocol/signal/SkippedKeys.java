package io.greenfinch.protocol.signal;

import io.greenfinch.protocol.curve.KeyPair;
import java.util.Arrays;
import java.util.Optional;

/**
 * Seeds of messages of a chain that have not arrived while later ones have.
 *
 * @param counters the numbers of the messages, ascending; read-only
 * @param seeds 32 bytes for each; read-only
 */
record SkippedKeys(int[] counters, byte[] seeds) {

    static final SkippedKeys NONE = new SkippedKeys(new int[0], new byte[0]);

    private static final int LENGTH = KeyPair.KEY_LENGTH;

    int size() {
        return counters.length;
    }

    Optional<byte[]> seed(int counter) {
        int at = Arrays.binarySearch(counters, counter);
        return at < 0 ? Optional.empty() : Optional.of(Arrays.copyOfRange(seeds, at * LENGTH, (at + 1) * LENGTH));
    }

    /** These without the one of a message, which must be among them. */
    SkippedKeys without(int counter) {
        int at = Arrays.binarySearch(counters, counter);
        int[] left = new int[counters.length - 1];
        System.arraycopy(counters, 0, left, 0, at);
        System.arraycopy(counters, at + 1, left, at, left.length - at);
        byte[] leftSeeds = new byte[left.length * LENGTH];
        System.arraycopy(seeds, 0, leftSeeds, 0, at * LENGTH);
        System.arraycopy(seeds, (at + 1) * LENGTH, leftSeeds, at * LENGTH, leftSeeds.length - at * LENGTH);
        return new SkippedKeys(left, leftSeeds);
    }

    /** These and those of messages that follow each other from {@code first} on, which is higher than any of these. */
    SkippedKeys with(int first, byte[] moreSeeds) {
        if (moreSeeds.length == 0) {
            return this;
        }
        int[] all = Arrays.copyOf(counters, counters.length + moreSeeds.length / LENGTH);
        for (int i = counters.length; i < all.length; i++) {
            all[i] = first + (i - counters.length);
        }
        byte[] allSeeds = Arrays.copyOf(seeds, seeds.length + moreSeeds.length);
        System.arraycopy(moreSeeds, 0, allSeeds, seeds.length, moreSeeds.length);
        return new SkippedKeys(all, allSeeds);
    }

    /** These without the {@code count} oldest. */
    SkippedKeys withoutOldest(int count) {
        return count <= 0
                ? this
                : new SkippedKeys(
                        Arrays.copyOfRange(counters, count, counters.length),
                        Arrays.copyOfRange(seeds, count * LENGTH, seeds.length));
    }

    /** These without the {@code most} oldest, before a number, of those whose neighbours are not among them. */
    SkippedKeys withoutSingle(int most, int before) {
        SkippedKeys left = this;
        int dropped = 0;
        for (int i = 0; i < counters.length && counters[i] < before && dropped < most; i++) {
            boolean follows = i > 0 && counters[i - 1] == counters[i] - 1;
            boolean leads = i + 1 < counters.length && counters[i + 1] == counters[i] + 1;
            if (!follows && !leads) {
                left = left.without(counters[i]);
                dropped++;
            }
        }
        return left;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SkippedKeys that
                && Arrays.equals(counters, that.counters)
                && Arrays.equals(seeds, that.seeds);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(counters);
    }

    @Override
    public String toString() {
        return "SkippedKeys[" + counters.length + "]";
    }
}
