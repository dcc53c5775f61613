package io.greenfinch.interop.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.greenfinch.interop.service.GatewayService;
import io.greenfinch.interop.service.SimulatorAdmin;
import io.greenfinch.interop.service.Subject;
import io.greenfinch.simulator.Simulator;
import io.greenfinch.simulator.SimulatorSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Fifty instances leave groups and change them while people change them on their phones, requests and news go astray, and the
 * gateway is killed every few seconds. No answer is untrue, and in the end what every instance has stored of its groups
 * is what the service has.
 *
 * <p>Short here; {@code ./greenfinch test --long} has the long form.
 */
class SoakIT {
    private static final int INSTANCES = Integer.getInteger("soak.instances", 50);
    private static final Duration LENGTH = Duration.ofSeconds(Integer.getInteger("soak.seconds", 20));
    private static final long SEED = Long.getLong("soak.seed", 1);

    /** How long a gateway lives at least and at most, from being ready to its kill. */
    private static final Duration SHORTEST_LIFE = Duration.ofSeconds(3);

    private static final Duration LONGEST_LIFE = Duration.ofSeconds(12);

    /** A stop may come while a group is being fetched; not again and again. */
    private static final int STARTS_TO_SETTLE = 5;

    private static final int CALLERS = 8;
    private static final int ADMINISTRATORS = 12;
    private static final Duration RECOVERY = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    private final AtomicReference<GatewayService> gateway = new AtomicReference<>();
    private final Actors actors = new Actors(SEED);
    private volatile boolean up = true;
    private Simulator service;
    private SimulatorAdmin simulator;

    @BeforeEach
    void start() {
        service = Simulator.start(SimulatorSettings.defaults());
        simulator = new SimulatorAdmin(service.adminUrl());
    }

    @AfterEach
    void stop() {
        actors.close();
        GatewayService present = gateway.get();
        if (present != null) {
            present.close();
        }
        service.close();
    }

    @Test
    void nothingUntrueIsSaidAndNothingIsLostInTheEnd() throws Exception {
        gateway.set(serve());
        List<Subject> subjects = Subject.link(INSTANCES, gateway.get(), simulator, instance -> {});
        Stage stage = new Stage(simulator, subjects, new Random(SEED));
        Callers callers = new Callers(stage, () -> up ? Optional.of(apiUrl()) : Optional.empty());
        Administrators administrators = new Administrators(stage, () -> up ? Optional.of(apiUrl()) : Optional.empty());
        Crowd crowd = new Crowd(stage);
        Trouble trouble = new Trouble(stage);

        List<Future<?>> acting = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            acting.add(actors.act(100 + i, Duration.ofMillis(5), callers::call));
        }
        for (int i = 0; i < ADMINISTRATORS; i++) {
            acting.add(actors.act(200 + i, Duration.ofMillis(5), administrators::call));
        }
        acting.add(actors.act(1, Duration.ofMillis(10), crowd::change));
        acting.add(actors.act(2, Duration.ofMillis(250), trouble::order));
        int kills = killUntilOver();
        actors.finish();
        for (Future<?> actor : acting) {
            actor.get(60, TimeUnit.SECONDS);
        }

        System.out.printf(
                "soak, seed %d, %d s: %d kills, %d faults, %d changes by people, answers %s%n",
                SEED, LENGTH.toSeconds(), kills, trouble.ordered(), crowd.changes(), callers.answers());
        System.out.println("soak, changes by our accounts: " + administrators.answers());
        assertThat(actors.failures()).isEmpty();
        assertThat(callers.untruths()).isEmpty();
        assertThat(administrators.untruths()).isEmpty();
        assertThat(callers.answers()).containsKeys("200 {\"leaveGroup\":true}", "200 {\"removeAdmin\":true}");
        assertThat(Comparison.differences(subjects, recovered(subjects).groups(), simulator.groups()))
                .isEmpty();
    }

    /** What is stored when all news have come in and whatever the sessions doubted has been fetched. */
    private StoredGroupsOfFolder recovered(List<Subject> subjects) {
        List<Long> ids = subjects.stream()
                .map(subject -> Long.valueOf(subject.instance().idInstance()))
                .toList();
        for (int start = 1; ; start++) {
            recover(subjects);
            assertThat(gateway.get().app().stop()).isZero();
            StoredGroupsOfFolder stored = StoredGroupsOfFolder.read(folder.resolve("data"), ids);
            if (stored.doubts() == 0) {
                return stored;
            }
            assertThat(start)
                    .as("starts after which groups are still to be fetched")
                    .isLessThan(STARTS_TO_SETTLE);
            gateway.set(serve());
        }
    }

    /** Kills and starts the gateway until the time is up; returns how often. */
    private int killUntilOver() throws InterruptedException {
        long end = System.nanoTime() + LENGTH.toNanos();
        int kills = 0;
        Random random = new Random(SEED);
        while (System.nanoTime() < end) {
            long life = random.nextLong(SHORTEST_LIFE.toNanos(), LONGEST_LIFE.toNanos());
            if (actors.over().await(Math.min(life, end - System.nanoTime()), TimeUnit.NANOSECONDS)) {
                return kills; // an actor failed
            }
            gateway.get().app().kill();
            up = false;
            gateway.set(serve());
            up = true;
            kills++;
        }
        return kills;
    }

    /** What was kept back comes with the next login; half-open lines are cut rather than waited for. */
    private void recover(List<Subject> subjects) {
        simulator.withdrawFaults();
        simulator.cutAll();
        await().atMost(RECOVERY).until(() -> simulator.connected() == subjects.size());
        subjects.forEach(subject -> subject.at(apiUrl()).awaitAuthorized());
        await().atMost(RECOVERY).until(() -> simulator.unacknowledged() == 0);
    }

    private URI apiUrl() {
        return gateway.get().apiUrl();
    }

    private GatewayService serve() {
        return GatewayService.start(folder.resolve("data"), simulator, "--no-first-instance", "--rate-limits", "off");
    }
}
