package io.greenfinch.simulator.phone;

import io.greenfinch.simulator.account.Device;
import java.util.OptionalInt;

/** How often a message was asked for again by this phone, or of it (specification §15.3). Guarded by the world's lock. */
final class RetryCounts {

    private static final int MOST = 5;
    private static final int KEPT = 1000;

    private final RecentMap<Key, Integer> asked = new RecentMap<>(KEPT);
    private final RecentMap<Key, Integer> answered = new RecentMap<>(KEPT);

    private record Key(String id, Device device) {}

    /** The number of the next time that a device is asked for a message; empty when it was asked often enough. */
    OptionalInt ask(String id, Device device) {
        return next(asked, new Key(id, device));
    }

    /** The number of the next time that a message is sent again to a device; empty when it was often enough. */
    OptionalInt answer(String id, Device device) {
        return next(answered, new Key(id, device));
    }

    private static OptionalInt next(RecentMap<Key, Integer> counts, Key key) {
        int count = counts.get(key).orElse(0) + 1;
        if (count > MOST) {
            return OptionalInt.empty();
        }
        counts.put(key, count);
        return OptionalInt.of(count);
    }
}
