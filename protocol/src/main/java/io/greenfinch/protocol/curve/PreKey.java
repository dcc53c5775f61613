package io.greenfinch.protocol.curve;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/**
 * A one-time prekey (specification §11.1, §12.1).
 *
 * @param id its number, 1…2^24-1: three bytes on the wire
 * @param keys its key pair
 */
public record PreKey(int id, KeyPair keys) {

    /** The highest id; the next one is 1 again. */
    public static final int MAX_ID = (1 << 24) - 1;

    public PreKey {
        requireId(id);
    }

    /**
     * {@code count} new prekeys with consecutive ids, of which the first is {@code firstId}.
     *
     * @throws IllegalArgumentException when the first id or the count is outside 1…2^24-1
     */
    public static List<PreKey> batch(int firstId, int count, SecureRandom random) {
        requireId(firstId);
        requireId(count);
        List<PreKey> batch = new ArrayList<>(count);
        int id = firstId;
        for (int i = 0; i < count; i++) {
            batch.add(new PreKey(id, KeyPair.generate(random)));
            id = nextId(id);
        }
        return List.copyOf(batch);
    }

    /** The id that follows {@code id}. */
    public static int nextId(int id) {
        return id >= MAX_ID ? 1 : id + 1;
    }

    static void requireId(int id) {
        if (id < 1 || id > MAX_ID) {
            throw new IllegalArgumentException(id + " is outside 1…" + MAX_ID);
        }
    }
}
