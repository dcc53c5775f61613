package io.greenfinch.protocol.signal;

import java.security.SecureRandom;
import java.util.Random;

/** The same bytes for the same seed, for walks that can be repeated. */
final class SeededRandom extends SecureRandom {

    private static final long serialVersionUID = 1L;

    private final transient Random random;

    SeededRandom(long seed) {
        this.random = new Random(seed);
    }

    @Override
    public void nextBytes(byte[] bytes) {
        random.nextBytes(bytes);
    }

    @Override
    public int nextInt() {
        return random.nextInt();
    }

    @Override
    public int nextInt(int bound) {
        return random.nextInt(bound);
    }

    @Override
    public boolean nextBoolean() {
        return random.nextBoolean();
    }
}
