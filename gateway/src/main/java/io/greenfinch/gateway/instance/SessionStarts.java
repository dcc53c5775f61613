package io.greenfinch.gateway.instance;

import io.greenfinch.client.Session;
import java.time.Duration;
import java.util.List;

/** Connects many sessions, spread over as many moments as their number asks for. */
final class SessionStarts {

    /** So many connect at once; the engine bounds how many handshakes are under way. */
    private static final int AT_ONCE = 200;

    /** Connections made per second after those, so that many instances don't knock at the same moment. */
    private static final int PER_SECOND = 1_000;

    private SessionStarts() {}

    /** Connects them in this order. Returns at once. */
    static void begin(List<Session> sessions) {
        for (int i = 0; i < sessions.size(); i++) {
            Session session = sessions.get(i);
            long delay = Math.max(0, i - AT_ONCE) * 1000L / PER_SECOND;
            Thread.ofVirtual().name("instance-start-" + i).start(() -> {
                if (pause(delay)) {
                    session.account().start();
                }
            });
        }
    }

    private static boolean pause(long millis) {
        try {
            Thread.sleep(Duration.ofMillis(millis));
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
