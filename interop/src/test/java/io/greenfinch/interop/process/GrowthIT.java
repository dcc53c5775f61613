package io.greenfinch.interop.process;

import static org.assertj.core.api.SoftAssertions.assertSoftly;
import static org.awaitility.Awaitility.await;

import io.greenfinch.interop.program.AppProcess;
import io.greenfinch.interop.program.JvmMemory;
import io.greenfinch.interop.service.Gateway;
import io.greenfinch.interop.service.GatewayService;
import io.greenfinch.interop.service.SimulatorAdmin;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Guards against growth: what can be reached after a collection, and how many classes are loaded, in a gateway that does
 * nothing and for each linked session that is idle. Both are the same on every machine, resident memory is not
 * ({@code bench load rest}). A limit is a fifth above what was seen when it was set; who needs more room raises it in the
 * same change, and says what for.
 */
class GrowthIT {

    private static final int EMPTY_KIB = 9_860;
    private static final int EMPTY_CLASSES = 8_810;
    private static final int SESSION_KIB = 23;

    private static final int FEW = 10;
    private static final int MANY = 70;
    private static final double A_FIFTH = 1.2;

    @TempDir
    Path folder;

    @Test
    void staysAsSmallAsItIs() {
        try (AppProcess process = AppProcess.simulator()) {
            SimulatorAdmin simulator = new SimulatorAdmin(URI.create(process.value("Simulator")));
            try (GatewayService gateway = GatewayService.start(
                    folder.resolve("data"), simulator, "--no-first-instance", "--rate-limits", "off")) {
                JvmMemory memory = new JvmMemory(gateway.app().pid());
                long empty = settled(memory);
                int classes = memory.loadedClasses();
                link(gateway, simulator, 0, FEW);
                long few = settled(memory);
                link(gateway, simulator, FEW, MANY);
                long many = settled(memory);
                assertSoftly(softly -> {
                    softly.assertThat(empty / 1024.0)
                            .as("KiB of a gateway that does nothing")
                            .isLessThan(EMPTY_KIB * A_FIFTH);
                    softly.assertThat((double) classes)
                            .as("classes of a gateway that does nothing")
                            .isLessThan(EMPTY_CLASSES * A_FIFTH);
                    softly.assertThat((many - few) / 1024.0 / (MANY - FEW))
                            .as("KiB of an idle session")
                            .isLessThan(SESSION_KIB * A_FIFTH);
                });
            }
        }
    }

    private static void link(GatewayService gateway, SimulatorAdmin simulator, int from, int to) {
        for (int i = from; i < to; i++) {
            Gateway instance = gateway.createInstance("Session " + i);
            instance.link(simulator, "Person " + i);
        }
    }

    /** Bytes that can be reached, once they shrink no more: what was just done leaves things behind that time takes away. */
    private static long settled(JvmMemory memory) {
        long[] last = {memory.reachableBytes()};
        await().pollInterval(Duration.ofSeconds(2))
                .atMost(Duration.ofMinutes(1))
                .until(() -> {
                    long before = last[0];
                    last[0] = memory.reachableBytes();
                    return last[0] > before - before / 500;
                });
        return last[0];
    }
}
