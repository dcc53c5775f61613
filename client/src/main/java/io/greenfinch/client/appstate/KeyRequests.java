package io.greenfinch.client.appstate;

import com.google.protobuf.ByteString;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Asks the phone for keys that it has not shared, for each but once in a while. Thread-safe. */
final class KeyRequests {

    private static final Duration WHILE = Duration.ofMinutes(1);

    /** Ids are what somebody has written: of so many at most it is known that they were asked for. */
    private static final int MOST = 100;

    private final Clock clock;
    private final Map<ByteString, Instant> asked = new HashMap<>();

    KeyRequests(Clock clock) {
        this.clock = clock;
    }

    void ask(ByteString id, Consumer<ByteString> phone) {
        Instant now = clock.instant();
        synchronized (this) {
            asked.values().removeIf(at -> !at.plus(WHILE).isAfter(now));
            if (asked.size() >= MOST || asked.putIfAbsent(id, now) != null) {
                return;
            }
        }
        phone.accept(id);
    }
}
