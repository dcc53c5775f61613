package io.greenfinch.client.group;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A group that was asked for and may have been told of. Written by the session's thread, read by any. */
public final class Birth {

    private volatile @Nullable KnownGroup group;

    /** A notification told of it, under the key of our request. */
    public void told(KnownGroup known) {
        group = known;
    }

    Optional<KnownGroup> group() {
        return Optional.ofNullable(group);
    }
}
