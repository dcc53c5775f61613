package io.greenfinch.client.history;

import com.google.protobuf.InvalidProtocolBufferException;
import io.greenfinch.client.proto.StoredHistoryPosition;
import io.greenfinch.client.store.StateKey;
import io.greenfinch.client.store.StateKind;
import java.util.Optional;

/**
 * How far a part of the history is read. Immutable.
 *
 * @param named whether the two names of people that it tells are known
 * @param told so many things of it are stored, from the first
 * @param tries so often it was begun to read on from here
 */
record HistoryPosition(boolean named, long told, int tries) {

    static final HistoryPosition BEGIN = new HistoryPosition(false, 0, 0);

    /** Behind so many things; the names of people are known. */
    static HistoryPosition after(long told) {
        return new HistoryPosition(true, told, 0);
    }

    /** The same place, once more. */
    HistoryPosition tried() {
        return new HistoryPosition(named, told, tries + 1);
    }

    static StateKey key(String chunk) {
        return new StateKey(StateKind.HISTORY_POSITION, chunk);
    }

    /** What was stored; empty when that is none. */
    static Optional<HistoryPosition> ofStored(byte[] stored) {
        try {
            StoredHistoryPosition position = StoredHistoryPosition.parseFrom(stored);
            return Optional.of(new HistoryPosition(position.getNamed(), position.getTold(), position.getTries()));
        } catch (InvalidProtocolBufferException e) {
            return Optional.empty();
        }
    }

    byte[] bytes() {
        return StoredHistoryPosition.newBuilder()
                .setNamed(named)
                .setTold(told)
                .setTries(tries)
                .build()
                .toByteArray();
    }
}
