package io.greenfinch.simulator.phone;

import io.greenfinch.protocol.signal.Decryption;
import io.greenfinch.protocol.signal.EncryptedMessage;
import io.greenfinch.protocol.signal.ReceivedSenderKeys;
import io.greenfinch.protocol.signal.SenderKeyDistribution;

/**
 * The steps of all phones' received sender keys. Each is a function of a state and an input, and the members of a group mostly have the same
 * of both: what was worked out for one phone is not worked out again for the next, so that a message to a thousand phones costs one
 * signature and not a thousand. Guarded by the world's lock.
 */
final class GroupReading {

    private static final int KEPT = 256;

    private final RecentMap<Step, ReceivedSenderKeys> told = new RecentMap<>(KEPT);
    private final RecentMap<Step, Decryption<ReceivedSenderKeys>> read = new RecentMap<>(KEPT);

    /** A state, by identity, with what it meets. */
    private record Step(ReceivedSenderKeys state, Object input) {

        @Override
        public boolean equals(Object other) {
            return other instanceof Step that && isSame(state, that.state) && input.equals(that.input);
        }

        @SuppressWarnings("ReferenceEquality") // comparing encodings would cost more than is saved
        private static boolean isSame(ReceivedSenderKeys one, ReceivedSenderKeys other) {
            return one == other;
        }

        @Override
        public int hashCode() {
            return 31 * System.identityHashCode(state) + input.hashCode();
        }
    }

    /** The state with a key that was told. */
    ReceivedSenderKeys with(ReceivedSenderKeys state, SenderKeyDistribution key) {
        return told.get(new Step(state, key), () -> state.with(key));
    }

    /** What comes of a message in this state. */
    Decryption<ReceivedSenderKeys> decrypt(ReceivedSenderKeys state, EncryptedMessage message) {
        return read.get(new Step(state, message), () -> state.decrypt(message));
    }
}
