package io.greenfinch.protocol.appstate;

import io.greenfinch.protocol.curve.Hkdf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A key of the app state, which the phone shares with its companions, and what is derived of it (specification §23.2). Immutable. */
public final class AppStateKey {

    private static final byte[] INFO = "WhatsApp Mutation Keys".getBytes(StandardCharsets.US_ASCII);
    private static final int PART = 32;

    /** So many bytes a key has. */
    public static final int SIZE = 32;

    private final byte[] id;
    private final byte[] derived;

    private AppStateKey(byte[] id, byte[] derived) {
        this.id = id;
        this.derived = derived;
    }

    /**
     * The key of this id.
     *
     * @param id as in the share of keys; two bytes of the device that made it and four of a counter, as a rule
     * @param data what it is derived of, {@link #SIZE} bytes
     */
    public static AppStateKey derive(byte[] id, byte[] data) {
        return new AppStateKey(id.clone(), Hkdf.derive(data, new byte[0], INFO, 5 * PART));
    }

    public byte[] id() {
        return id.clone();
    }

    byte[] ofIndexes() {
        return part(0);
    }

    byte[] ofValues() {
        return part(1);
    }

    byte[] ofValueMacs() {
        return part(2);
    }

    byte[] ofSnapshots() {
        return part(3);
    }

    byte[] ofPatches() {
        return part(4);
    }

    private byte[] part(int number) {
        return Arrays.copyOfRange(derived, number * PART, (number + 1) * PART);
    }

    @Override
    public String toString() {
        return "AppStateKey[hidden]";
    }
}
