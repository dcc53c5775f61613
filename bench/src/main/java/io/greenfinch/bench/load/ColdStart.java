package io.greenfinch.bench.load;

import java.nio.file.Path;
import java.util.List;

/** From the start of the process until all linked sessions are online, as the simulator counts them. */
final class ColdStart {

    private static final int SESSIONS = Integer.getInteger("start.sessions", 1_000);
    private static final double BUDGET_SECONDS = 10;

    private ColdStart() {}

    static List<Load.Figure> measure(Path launcher, Path folder) throws Exception {
        try (Fleet fleet = new Fleet(launcher, folder)) {
            List<Fleet.Linked> linked = fleet.link(SESSIONS);
            fleet.restartGateway();
            while (fleet.connected() < SESSIONS) {
                Thread.sleep(20);
            }
            for (Fleet.Linked each : linked) {
                while (!fleet.isOnline(each)) {
                    Thread.sleep(5);
                }
            }
            double seconds = fleet.gateway().age().toMillis() / 1000.0;
            return List.of(Load.figure(SESSIONS + " sessions online after a cold start", seconds, "s", BUDGET_SECONDS));
        }
    }
}
