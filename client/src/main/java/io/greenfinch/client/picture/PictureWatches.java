package io.greenfinch.client.picture;

import io.greenfinch.protocol.binary.Jid;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The pictures that are being changed by us, for notifications to be told to. Thread-safe. */
public final class PictureWatches {

    private final Map<Jid, PictureWatch> watches = new ConcurrentHashMap<>(1);

    /** From now on {@code watch} is told what happens to this picture. */
    void watch(Jid subject, PictureWatch watch) {
        watches.put(subject, watch);
    }

    void unwatch(Jid subject) {
        watches.remove(subject);
    }

    /** A notification came in; {@code byUs} when it names our own account as the author. */
    public void saw(PictureUpdate update, boolean byUs) {
        PictureWatch watch = watches.get(update.subject());
        if (watch != null) {
            watch.saw(update, byUs);
        }
    }
}
