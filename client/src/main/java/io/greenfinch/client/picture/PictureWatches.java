package io.greenfinch.client.picture;

import io.greenfinch.protocol.binary.Jid;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The pictures that are being changed by us, for notifications to be told to. Thread-safe. */
public final class PictureWatches {

    private final Map<Jid, Watch> watches = new ConcurrentHashMap<>(1);

    /** Is told what happens to a picture; on the session's thread. */
    interface Watch {

        /** @param byUs on this companion or on another device of the account */
        void saw(PictureUpdate update, boolean byUs);
    }

    /** From now on {@code watch} is told what happens to this picture. */
    void watch(Jid subject, Watch watch) {
        watches.put(subject, watch);
    }

    void unwatch(Jid subject) {
        watches.remove(subject);
    }

    /** A notification came in; {@code byUs} when it names our own account as the author. */
    public void saw(PictureUpdate update, boolean byUs) {
        Watch watch = watches.get(update.subject());
        if (watch != null) {
            watch.saw(update, byUs);
        }
    }
}
