package io.greenfinch.protocol.noise;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Puts frames together from chunks that are cut anywhere (specification §1.2). After each {@link #feed} call
 * {@link #next} until it answers null: then at most one frame that is still growing is held, in memory that follows the
 * bytes that came, never the length they announce. Between frames nothing is held.
 *
 * <p>Not thread-safe.
 */
public final class FrameReader {

    private static final byte[] NOTHING = {};

    private int maxFrameLength;
    private byte[] buffer = NOTHING;
    private int start;
    private int end;

    /**
     * A reader that takes no frame whose payload is longer.
     *
     * @param maxFrameLength 1…{@link Frames#MAX_FRAME}
     */
    public FrameReader(int maxFrameLength) {
        this.maxFrameLength = checked(maxFrameLength);
    }

    /** From the next frame on the limit is this one. */
    public void limit(int newMaxFrameLength) {
        maxFrameLength = checked(newMaxFrameLength);
    }

    private static int checked(int maxFrameLength) {
        if (maxFrameLength < 1 || maxFrameLength > Frames.MAX_FRAME) {
            throw new IllegalArgumentException("frames of up to " + maxFrameLength + " bytes");
        }
        return maxFrameLength;
    }

    /** Takes the remaining bytes of {@code chunk}; the chunk may be reused afterwards. */
    public void feed(ByteBuffer chunk) {
        int count = chunk.remaining();
        makeRoom(count);
        chunk.get(buffer, end, count);
        end += count;
    }

    /**
     * The payload of the next complete frame, or null when more bytes are needed.
     *
     * @throws MalformedFrameException when the next frame is longer than allowed; from then on always
     */
    public byte @Nullable [] next() {
        int held = end - start;
        if (held < Frames.HEADER) {
            return null;
        }
        int length = (buffer[start] & 0xFF) << 16 | (buffer[start + 1] & 0xFF) << 8 | (buffer[start + 2] & 0xFF);
        if (length > maxFrameLength) {
            throw new MalformedFrameException("a frame of " + length + " bytes, more than " + maxFrameLength);
        }
        if (held - Frames.HEADER < length) {
            return null;
        }
        int payload = start + Frames.HEADER;
        byte[] frame = Arrays.copyOfRange(buffer, payload, payload + length);
        start = payload + length;
        if (start == end) {
            buffer = NOTHING;
            start = 0;
            end = 0;
        }
        return frame;
    }

    private void makeRoom(int count) {
        if (buffer.length - end >= count) {
            return;
        }
        int held = end - start;
        byte[] roomier = held + count <= buffer.length ? buffer : new byte[Math.max(held + count, grown(held))];
        System.arraycopy(buffer, start, roomier, 0, held);
        buffer = roomier;
        start = 0;
        end = held;
    }

    /** Twice what is held, so that a frame in many chunks isn't copied for each, but no more than one frame needs. */
    private int grown(int held) {
        return Math.min(held * 2, maxFrameLength + Frames.HEADER);
    }
}
