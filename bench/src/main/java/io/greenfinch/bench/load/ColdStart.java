package io.greenfinch.bench.load;

import java.nio.file.Path;
import java.util.List;

/** From the start of the process until all linked sessions are online, as the simulator counts them and the gateway logs. */
final class ColdStart {

    private static final int SESSIONS = Integer.getInteger("start.sessions", 1_000);
    private static final double BUDGET_SECONDS = 3;

    private ColdStart() {}

    static List<Load.Figure> measure(Path launcher, Path folder) throws Exception {
        try (Fleet fleet = new Fleet(launcher, folder)) {
            List<Fleet.Linked> linked = fleet.link(SESSIONS);
            fleet.restartGateway();
            // Asked a thousand times, the gateway would be measured answering.
            while (fleet.connected() < SESSIONS || fleet.toldOnline() < SESSIONS) {
                Thread.sleep(20);
            }
            double seconds = fleet.gateway().age().toMillis() / 1000.0;
            fleet.gateway().printThreads();
            for (Fleet.Linked each : linked) {
                if (!fleet.isOnline(each)) {
                    throw new IllegalStateException("an instance is not online");
                }
            }
            return List.of(Load.figure(SESSIONS + " sessions online after a cold start", seconds, "s", BUDGET_SECONDS));
        }
    }
}
