package io.greenfinch.bench.load;

import java.nio.file.Path;
import java.util.List;

/** Memory of an idle linked session: the gateway's resident memory with few sessions and with many, after collections. */
final class IdleMemory {

    private static final int FEW = Integer.getInteger("idle.few", 1_000);
    private static final int MANY = Integer.getInteger("idle.many", 5_000);
    private static final double BUDGET_KIB = 100;

    private IdleMemory() {}

    static List<Load.Figure> measure(Path launcher, Path folder) throws Exception {
        try (Fleet fleet = new Fleet(launcher, folder)) {
            fleet.link(FEW);
            long few = settled(fleet);
            fleet.link(MANY - FEW);
            long many = settled(fleet);
            System.out.println("resident KiB: " + few + " at " + FEW + ", " + many + " at " + MANY);
            return List.of(Load.figure("idle linked session", (many - few) / (double) (MANY - FEW), "KiB", BUDGET_KIB));
        }
    }

    /** Linking leaves garbage and warm threads behind; a few keepalive rounds later the process is idle. */
    static long settled(Fleet fleet) throws Exception {
        Thread.sleep(40_000);
        return fleet.gateway().residentKibAfterCollection();
    }
}
