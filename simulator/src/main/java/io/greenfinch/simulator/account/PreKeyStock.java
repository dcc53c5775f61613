package io.greenfinch.simulator.account;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The one-time prekeys a companion left with the server, oldest first. Each is handed out once (specification §12.3).
 *
 * <p>Kept packed, because a client leaves 812 of them and the service has thousands of clients. Not thread-safe.
 */
public final class PreKeyStock {

    /** More keys than this are not accepted from one companion; clients hold fewer than a thousand. */
    public static final int MAX_KEYS = 4096;

    private static final int KEY = 32;
    private static final int ENTRY = 4 + KEY;

    private byte[] packed;
    private int start;
    private int end;
    private boolean shared;

    /** An empty stock. */
    public PreKeyStock() {
        this(new byte[0]);
    }

    private PreKeyStock(byte[] packed) {
        this.packed = packed;
        this.end = packed.length;
    }

    /**
     * A stock from {@link #toBytes()}.
     *
     * @throws IllegalArgumentException when the length does not fit
     */
    @JsonCreator
    public static PreKeyStock ofBytes(byte[] bytes) {
        if (bytes.length % ENTRY != 0) {
            throw new IllegalArgumentException("a stock of prekeys of " + bytes.length + " bytes");
        }
        return new PreKeyStock(bytes.clone());
    }

    /** The same keys as a stock of its own. Cheap: what both have in common is copied when one of them gets more. */
    PreKeyStock copy() {
        PreKeyStock copy = new PreKeyStock(packed);
        copy.start = start;
        copy.end = end;
        copy.shared = true;
        shared = true;
        return copy;
    }

    /** Adds keys. A key whose id is already there replaces the old one in place. */
    public void add(Collection<PublicPreKey> keys) {
        if (shared) {
            packed = toBytes();
            end -= start;
            start = 0;
            shared = false;
        }
        Map<Integer, Integer> places = new HashMap<>();
        for (int at = start; at < end; at += ENTRY) {
            places.put(idAt(at), at);
        }
        for (PublicPreKey key : keys) {
            if (key.key().length != KEY) {
                throw new IllegalArgumentException("a prekey of " + key.key().length + " bytes");
            }
            Integer place = places.get(key.id());
            if (place == null) {
                place = grow();
                places.put(key.id(), place);
            }
            write(place, key);
        }
    }

    private int grow() {
        if (end + ENTRY > packed.length) {
            int used = end - start;
            packed = Arrays.copyOf(Arrays.copyOfRange(packed, start, end), Math.max(used + used / 2, used + ENTRY));
            start = 0;
            end = used;
        }
        int place = end;
        end += ENTRY;
        return place;
    }

    /** Takes the oldest key out. */
    public Optional<PublicPreKey> take() {
        if (start == end) {
            return Optional.empty();
        }
        PublicPreKey key = new PublicPreKey(idAt(start), Arrays.copyOfRange(packed, start + 4, start + ENTRY));
        start += ENTRY;
        if (start == end) {
            packed = new byte[0];
            start = 0;
            end = 0;
        }
        return Optional.of(key);
    }

    /** All keys, oldest first, without taking them. */
    public List<PublicPreKey> keys() {
        List<PublicPreKey> keys = new ArrayList<>(size());
        for (int at = start; at < end; at += ENTRY) {
            keys.add(new PublicPreKey(idAt(at), Arrays.copyOfRange(packed, at + 4, at + ENTRY)));
        }
        return keys;
    }

    /** How many keys are left. */
    public int size() {
        return (end - start) / ENTRY;
    }

    /** The stock as bytes, for {@link #ofBytes}. */
    @JsonValue
    public byte[] toBytes() {
        return Arrays.copyOfRange(packed, start, end);
    }

    private int idAt(int at) {
        return (packed[at] & 0xFF) << 24
                | (packed[at + 1] & 0xFF) << 16
                | (packed[at + 2] & 0xFF) << 8
                | (packed[at + 3] & 0xFF);
    }

    private void write(int at, PublicPreKey key) {
        for (int i = 0; i < 4; i++) {
            packed[at + i] = (byte) (key.id() >> (24 - 8 * i));
        }
        System.arraycopy(key.key(), 0, packed, at + 4, KEY);
    }
}
