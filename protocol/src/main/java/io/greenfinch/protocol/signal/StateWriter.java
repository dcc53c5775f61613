package io.greenfinch.protocol.signal;

import java.io.ByteArrayOutputStream;

/** Writes a state: keys as they are, numbers as varints, so that small ones take a byte. */
final class StateWriter {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream(512);

    StateWriter number(int value) {
        int left = value;
        while ((left & ~0x7F) != 0) {
            out.write((left & 0x7F) | 0x80);
            left >>>= 7;
        }
        out.write(left);
        return this;
    }

    StateWriter bytes(byte[] value) {
        out.writeBytes(value);
        return this;
    }

    StateWriter chain(ReceivingChain chain) {
        number(chain.isClosed() ? 0 : 1).bytes(chain.key()).number(chain.next());
        int[] counters = chain.skipped().counters();
        number(counters.length);
        int last = 0;
        for (int counter : counters) {
            number(counter - last);
            last = counter;
        }
        return bytes(chain.skipped().seeds());
    }

    byte[] written() {
        return out.toByteArray();
    }
}
