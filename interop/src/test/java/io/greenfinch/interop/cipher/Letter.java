package io.greenfinch.interop.cipher;

import io.greenfinch.protocol.signal.EncryptedMessage;
import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;

/**
 * A message under way.
 *
 * @param number what tells it from all others, and what it says
 * @param round when it was written
 */
record Letter(int number, int round, EncryptedMessage message) {

    /** What a letter of this number says: now and then something long, mostly something short. */
    static byte[] content(int number) {
        return ByteBuffer.allocate(4 + (number % 50 == 0 ? 3000 : number % 37))
                .putInt(number)
                .array();
    }

    byte[] content() {
        return content(number);
    }

    boolean isToGroup() {
        return message.kind() == EncryptedMessage.Kind.SENDER_KEY;
    }

    /** The same with one bit changed, but not the highest of a byte: that of a key is looked at by no agreement. */
    Letter tampered(RandomGenerator random) {
        byte[] bytes = message.bytes().clone();
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(7));
        return new Letter(number, round, new EncryptedMessage(message.kind(), bytes));
    }
}
