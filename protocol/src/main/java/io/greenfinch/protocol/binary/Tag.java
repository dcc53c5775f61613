package io.greenfinch.protocol.binary;

/** The tag bytes of WABinary (specification §5.2). */
final class Tag {

    static final int LIST_EMPTY = 0;
    static final int DICTIONARY_0 = 236;
    static final int INTEROP_JID = 245;
    static final int FB_JID = 246;
    static final int AD_JID = 247;
    static final int LIST_8 = 248;
    static final int LIST_16 = 249;
    static final int JID_PAIR = 250;
    static final int HEX_8 = 251;
    static final int BINARY_8 = 252;
    static final int BINARY_20 = 253;
    static final int BINARY_32 = 254;
    static final int NIBBLE_8 = 255;

    /** Domain types of an AD_JID (specification §5.6). */
    static final int DOMAIN_PN = 0;

    static final int DOMAIN_LID = 1;
    static final int DOMAIN_HOSTED = 128;
    static final int DOMAIN_HOSTED_LID = 129;

    static final String NIBBLES = "0123456789-.";
    static final String HEX = "0123456789ABCDEF";

    /** Fills the last byte of an odd number of nibbles; anywhere else other clients read it as U+0000. */
    static final int PADDING = 0xF;

    /** Packed texts have at most this many bytes. */
    static final int PACKED_MAX = 127;

    private Tag() {}
}
