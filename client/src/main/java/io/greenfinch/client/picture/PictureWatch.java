package io.greenfinch.client.picture;

import java.util.Optional;

/** What notifications tell of a picture while we are changing it. Written by the session's thread, read by any. */
final class PictureWatch {

    private volatile Optional<PictureUpdate> own = Optional.empty();
    private volatile Optional<PictureUpdate> others = Optional.empty();

    void saw(PictureUpdate update, boolean byUs) {
        if (byUs) {
            own = Optional.of(update);
        } else {
            others = Optional.of(update);
        }
    }

    /** What we did last, on this companion or on another device of the account. */
    Optional<PictureUpdate> own() {
        return own;
    }

    /** What somebody else did last. */
    Optional<PictureUpdate> others() {
        return others;
    }
}
