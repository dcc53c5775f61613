package io.greenfinch.bench.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A gateway at rest as an operator sees it: its resident memory and its processor time so long after a restart, with so many linked
 * sessions without chats. Nothing is collected for the occasion.
 */
final class RestMemory {

    private static final int[] SESSIONS = Arrays.stream(
                    System.getProperty("rest.sessions", "0,10,500,5000").split(","))
            .mapToInt(Integer::parseInt)
            .toArray();

    private static final Duration REST = Duration.ofSeconds(Integer.getInteger("rest.seconds", 600));

    /** The end of the rest, in which its processor time counts. */
    private static final Duration LOOK = Duration.ofSeconds(Math.min(120, REST.toSeconds() / 2));

    private static final Map<Integer, Double> BUDGETS_MIB = Map.of(0, 70.0, 10, 75.0, 500, 100.0, 5000, 400.0);
    private static final double PROCESSOR_BUDGET = 1.5;

    private RestMemory() {}

    /** All of them rest at the same time: what sleeps is in nobody's way. */
    static List<Load.Figure> measure(Path launcher, Path folder) throws Exception {
        List<Resting> resting = new ArrayList<>();
        try {
            for (int sessions : SESSIONS) {
                Path own = Files.createDirectories(folder.resolve(Integer.toString(sessions)));
                resting.add(new Resting(sessions, new Fleet(launcher, own)));
            }
            for (Resting each : resting) {
                each.fleet.link(each.sessions);
            }
            for (Resting each : resting) {
                each.fleet.restartGateway();
                while (each.fleet.connected() < each.sessions) {
                    Thread.sleep(100);
                }
            }
            Thread.sleep(REST.minus(LOOK));
            for (Resting each : resting) {
                each.processorBefore = each.fleet.gateway().processorSeconds();
            }
            Thread.sleep(LOOK);
            List<Load.Figure> figures = new ArrayList<>();
            for (Resting each : resting) {
                figures.addAll(each.figures());
            }
            return figures;
        } finally {
            resting.forEach(each -> each.fleet.close());
        }
    }

    /** One gateway, and the processor time that it had used when the look began. */
    private static final class Resting {

        private final int sessions;
        private final Fleet fleet;
        private double processorBefore;

        Resting(int sessions, Fleet fleet) {
            this.sessions = sessions;
            this.fleet = fleet;
        }

        List<Load.Figure> figures() throws IOException {
            double percent = 100 * (fleet.gateway().processorSeconds() - processorBefore) / LOOK.toSeconds();
            double mib = fleet.gateway().residentKib() / 1024.0;
            System.out.printf("%d sessions: %.1f MiB, %.2f %% of a core%n", sessions, mib, percent);
            String what = sessions + " sessions at rest";
            List<Load.Figure> figures = new ArrayList<>();
            Double budget = BUDGETS_MIB.get(sessions);
            if (budget != null) {
                figures.add(Load.figure(what, mib, "MiB", budget));
            }
            if (sessions == 500) {
                figures.add(Load.figure(what + ", processor", percent, "%", PROCESSOR_BUDGET));
            }
            return figures;
        }
    }
}
