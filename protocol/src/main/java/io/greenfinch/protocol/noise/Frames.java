package io.greenfinch.protocol.noise;

import java.util.Arrays;

/** The framing under Noise: a length of three bytes, big-endian, then the payload (specification §1.2, §1.3). */
public final class Frames {

    /** The length of the longest payload. */
    public static final int MAX_FRAME = (1 << 24) - 1;

    /** The same for the messages of a handshake, which are taken before anybody has proved anything. */
    public static final int MAX_HANDSHAKE_FRAME = 64 << 10;

    static final int HEADER = 3;

    private static final byte[] INTRO_BYTES = {'W', 'A', 6, 3};
    private static final byte[] ROUTING_MAGIC = {'E', 'D', 0, 1};

    private Frames() {}

    /** What a client sends once, before its first frame: "WA", magic, dictionary version. Also the Noise prologue. */
    public static byte[] intro() {
        return INTRO_BYTES.clone();
    }

    /**
     * What a client sends before the intro when an earlier connection taught it edge-routing information (specification
     * §1.3, §1.4); nothing when there is none.
     *
     * @throws IllegalArgumentException when it is longer than {@link IntroReader#MAX_ROUTING_INFO}
     */
    public static byte[] routing(byte[] info) {
        if (info.length > IntroReader.MAX_ROUTING_INFO) {
            throw new IllegalArgumentException("routing information of " + info.length + " bytes");
        }
        if (info.length == 0) {
            return info;
        }
        byte[] framed = frame(info);
        byte[] whole = Arrays.copyOf(ROUTING_MAGIC, ROUTING_MAGIC.length + framed.length);
        System.arraycopy(framed, 0, whole, ROUTING_MAGIC.length, framed.length);
        return whole;
    }

    /** The beginning of {@link #routing}. */
    static byte[] routingMagic() {
        return ROUTING_MAGIC.clone();
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
