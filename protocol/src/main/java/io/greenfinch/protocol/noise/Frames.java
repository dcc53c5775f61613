package io.greenfinch.protocol.noise;

/** The framing under Noise: a length of three bytes, big-endian, then the payload (specification §1.2, §1.3). */
public final class Frames {

    /** The length of the longest payload. */
    public static final int MAX_FRAME = (1 << 24) - 1;

    static final int HEADER = 3;

    private static final byte[] INTRO_BYTES = {'W', 'A', 6, 3};

    private Frames() {}

    /** What a client sends once, before its first frame: "WA", magic, dictionary version. Also the Noise prologue. */
    public static byte[] intro() {
        return INTRO_BYTES.clone();
    }

    /**
     * Frames a payload.
     *
     * @throws IllegalArgumentException when it is longer than {@link #MAX_FRAME}
     */
    public static byte[] frame(byte[] payload) {
        if (payload.length > MAX_FRAME) {
            throw new IllegalArgumentException("a frame of " + payload.length + " bytes");
        }
        byte[] frame = new byte[HEADER + payload.length];
        frame[0] = (byte) (payload.length >> 16);
        frame[1] = (byte) (payload.length >> 8);
        frame[2] = (byte) payload.length;
        System.arraycopy(payload, 0, frame, HEADER, payload.length);
        return frame;
    }
}
