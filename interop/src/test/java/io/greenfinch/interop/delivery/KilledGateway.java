package io.greenfinch.interop.delivery;

import static org.awaitility.Awaitility.await;

import io.greenfinch.interop.program.AppProcess;
import io.greenfinch.interop.service.GatewayService;
import io.greenfinch.interop.service.SimulatorAdmin;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** A gateway that is killed at random moments, and started again over the same data. One thread kills; others may ask where it is. */
final class KilledGateway implements AutoCloseable {

    private static final Duration SHORTEST_LIFE = Duration.ofMillis(50);
    private static final Duration LONGEST_LIFE = Duration.ofSeconds(3);

    /** How long it may take until as many instances as are waited for are online. */
    private static final Duration YOUTH = Duration.ofMinutes(1);

    private static final Duration LOOKS = Duration.ofMillis(50);

    /** One of so many is killed before it is ready, and one of so many while its instances log in. */
    private static final int DIES_EARLY = 6;

    private static final Duration CHILDHOOD = Duration.ofMillis(1_500);

    private final Path data;
    private final SimulatorAdmin simulator;
    private GatewayService gateway;
    private volatile Optional<URI> apiUrl;

    KilledGateway(Path data, SimulatorAdmin simulator) {
        this.data = data;
        this.simulator = simulator;
        this.gateway = start();
        this.apiUrl = Optional.of(gateway.apiUrl());
    }

    private static String[] options() {
        return new String[] {"--no-first-instance", "--rate-limits", "off"};
    }

    private GatewayService start() {
        return GatewayService.start(data, simulator, options());
    }

    /** The process at present. */
    GatewayService service() {
        return gateway;
    }

    /** Where it is; empty while it is not there. */
    Optional<URI> apiUrl() {
        return apiUrl;
    }

    /**
     * Lets it live for a random time, mostly from a random number of its instances being online, kills it and starts it again.
     *
     * @param instances how many it has
     * @return how often it was killed; no more when {@code over}
     */
    int killOnce(int instances, RandomGenerator random, CountDownLatch over) throws InterruptedException {
        int wanted = random.nextInt(DIES_EARLY) == 0 ? 0 : 1 + random.nextInt(instances);
        await().atMost(YOUTH).pollInterval(LOOKS).until(() -> over.getCount() == 0 || online() >= wanted);
        if (waits(random, SHORTEST_LIFE, LONGEST_LIFE, over)) {
            return 0;
        }
        gateway.app().kill();
        apiUrl = Optional.empty();
        int kills = 1;
        if (random.nextInt(DIES_EARLY) == 0) {
            try (AppProcess child = GatewayService.begin(data, simulator, options())) {
                if (!waits(random, SHORTEST_LIFE, CHILDHOOD, over)) {
                    child.kill();
                    kills++;
                }
            }
        }
        gateway = start();
        apiUrl = Optional.of(gateway.apiUrl());
        return kills;
    }

    /** How many of its instances are online, by its own log: that they are connected says not yet that they can send. */
    private long online() {
        return gateway.app()
                .errors()
                .lines()
                .filter(line -> line.endsWith(" is online"))
                .count();
    }

    private static boolean waits(RandomGenerator random, Duration least, Duration most, CountDownLatch over)
            throws InterruptedException {
        return over.await(random.nextLong(least.toNanos(), most.toNanos()), TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        gateway.close();
    }
}
