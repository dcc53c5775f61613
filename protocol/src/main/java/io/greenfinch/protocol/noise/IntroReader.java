package io.greenfinch.protocol.noise;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/**
 * Takes what a client sends before its first frame off a connection: the intro, and before it, if the client learnt any,
 * edge-routing information in a wrapper of its own (specification §1.3). Bytes may come in any pieces.
 *
 * <p>Not thread-safe.
 */
public final class IntroReader {

    /** Edge-routing information may not be longer: real ones have some ten bytes. */
    public static final int MAX_ROUTING_INFO = 4096;

    private enum Part {
        START,
        ROUTING_MAGIC,
        ROUTING_LENGTH,
        ROUTING_INFO,
        INTRO,
        DONE
    }

    private final byte[] intro = Frames.intro();
    private final byte[] routingMagic = Frames.routingMagic();
    private final ByteArrayOutputStream routingInfo = new ByteArrayOutputStream(0);
    private Part part = Part.START;
    private int seen;
    private int routingLength;
    private ByteBuffer rest = ByteBuffer.allocate(0);

    /**
     * Takes the bytes of {@code chunk}; the chunk may be reused afterwards.
     *
     * @throws MalformedFrameException when they are no intro
     * @throws IllegalStateException when the intro is complete already
     */
    public void feed(ByteBuffer chunk) {
        if (complete()) {
            throw new IllegalStateException("the intro is complete");
        }
        while (chunk.hasRemaining() && !complete()) {
            take(chunk.get());
        }
        if (complete()) {
            rest = ByteBuffer.allocate(chunk.remaining()).put(chunk).flip();
        }
    }

    /** True when the whole intro came. */
    public boolean complete() {
        return part == Part.DONE;
    }

    /**
     * The bytes that followed the intro in the chunk that completed it: the first ones of the first frame.
     *
     * @throws IllegalStateException when the intro isn't complete
     */
    public ByteBuffer rest() {
        requireComplete();
        return rest.duplicate();
    }

    /**
     * The edge-routing information, empty when the client sent none.
     *
     * @throws IllegalStateException when the intro isn't complete
     */
    public byte[] routingInfo() {
        requireComplete();
        return routingInfo.toByteArray();
    }

    private void take(byte next) {
        switch (part) {
            case START -> {
                part = next == routingMagic[0] ? Part.ROUTING_MAGIC : Part.INTRO;
                take(next);
            }
            case ROUTING_MAGIC -> {
                if (magic(routingMagic, next)) {
                    to(Part.ROUTING_LENGTH);
                }
            }
            case ROUTING_LENGTH -> {
                routingLength = routingLength << 8 | (next & 0xFF);
                seen++;
                if (seen == Frames.HEADER) {
                    if (routingLength > MAX_ROUTING_INFO) {
                        throw new MalformedFrameException("routing information of " + routingLength + " bytes");
                    }
                    to(routingLength == 0 ? Part.INTRO : Part.ROUTING_INFO);
                }
            }
            case ROUTING_INFO -> {
                routingInfo.write(next);
                if (routingInfo.size() == routingLength) {
                    to(Part.INTRO);
                }
            }
            case INTRO -> {
                if (magic(intro, next)) {
                    to(Part.DONE);
                }
            }
            case DONE -> throw new IllegalStateException("the intro is complete");
        }
    }

    /** Checks one byte of a fixed sequence; true at its last one. */
    private boolean magic(byte[] expected, byte next) {
        if (next != expected[seen]) {
            throw new MalformedFrameException("byte " + (next & 0xFF) + " in place " + seen + " of an intro");
        }
        seen++;
        return seen == expected.length;
    }

    private void to(Part next) {
        part = next;
        seen = 0;
    }

    private void requireComplete() {
        if (!complete()) {
            throw new IllegalStateException("the intro is not complete");
        }
    }
}
