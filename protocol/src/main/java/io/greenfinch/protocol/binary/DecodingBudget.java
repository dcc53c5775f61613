package io.greenfinch.protocol.binary;

/**
 * What one stanza may still take of the memory. Each part is charged before it is made, at about what its objects take:
 * two bytes on the wire can be a hundred in memory, and compressed they are next to nothing. The limit grows with the
 * wire's bytes, so that the largest frame of group members passes and a few kilobytes can't fill the memory; and it is
 * no more than a part of the heap, since a heap that is full ends the process with all its sessions. Not thread-safe.
 */
final class DecodingBudget {

    private static final long BASE = 128L << 20;
    private static final int PER_WIRE_BYTE = 16;

    /** The share of the heap that one stanza may take is one in so many. */
    private static final int PART_OF_HEAP = 4;

    private static final long HEAP = Runtime.getRuntime().maxMemory();

    /** A node and its place among its parent's children. */
    private static final int ELEMENT = 32;

    /** A map for attributes, and each of its entries with the value's own object. */
    private static final int ATTRIBUTES = 112;

    private static final int ATTRIBUTE = 48;

    /** A string with its array, of two bytes for each character at worst. */
    private static final int TEXT = 40;

    private static final int BYTES = 16;

    private final long limit;
    private long left;

    /** A budget for a frame of this length, compressed as it came. */
    DecodingBudget(int wireBytes) {
        this(wireBytes, HEAP);
    }

    DecodingBudget(int wireBytes, long heap) {
        limit = Math.min(BASE + (long) PER_WIRE_BYTE * wireBytes, heap / PART_OF_HEAP);
        left = limit;
    }

    void element(int attributes) {
        charge(attributes == 0 ? ELEMENT : ELEMENT + ATTRIBUTES + (long) ATTRIBUTE * attributes);
    }

    void text(int length) {
        charge(TEXT + 2L * length);
    }

    void bytes(int length) {
        charge((long) BYTES + length);
    }

    private void charge(long bytes) {
        left -= bytes;
        if (left < 0) {
            throw new MalformedStanzaException("a stanza that takes more memory than " + limit + " bytes");
        }
    }
}
