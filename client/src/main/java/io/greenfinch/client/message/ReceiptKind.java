package io.greenfinch.client.message;

/** What a receipt says of messages (specification §15.1). */
public enum ReceiptKind {
    /** They have arrived at a device. */
    DELIVERED,
    READ,
    /** They were read, on another device of our own account. */
    READ_BY_SELF,
    /** Heard or seen: voice and video messages. */
    PLAYED
}
