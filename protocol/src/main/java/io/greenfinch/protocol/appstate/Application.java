package io.greenfinch.protocol.appstate;

import com.google.protobuf.ByteString;
import java.util.List;

/** What became of a patch or snapshot that was to be applied. */
public sealed interface Application {

    /**
     * It is genuine.
     *
     * @param state of the collection after it, to be stored with the mutations
     * @param mutations in the order in which they were made
     */
    record Applied(CollectionState state, List<AppStateMutation> mutations) implements Application {
        public Applied {
            mutations = List.copyOf(mutations);
        }
    }

    /** It is encrypted with a key that was not shared with us yet. Nothing has changed. */
    record KeyMissing(ByteString id) implements Application {}

    /** It can't be applied. Nothing has changed. */
    record Failed(Reason reason) implements Application {}

    /** Why something can't be applied. */
    enum Reason {
        /** A MAC is wrong: it was tampered with, or follows a state that is not ours. */
        NOT_AUTHENTIC,
        /** It is of another version than the one that follows. */
        OUT_OF_ORDER,
        /** It is no such thing, or was encrypted wrongly. */
        MALFORMED
    }
}
