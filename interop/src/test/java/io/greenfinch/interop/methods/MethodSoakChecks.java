package io.greenfinch.interop.methods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.greenfinch.gateway.docs.ServedContract;
import io.greenfinch.interop.service.Gateway;
import io.greenfinch.interop.service.GatewayService;
import io.greenfinch.interop.service.SimulatorAdmin;
import io.greenfinch.interop.service.Subject;
import io.greenfinch.interop.soak.Actors;
import io.greenfinch.simulator.Simulator;
import io.greenfinch.simulator.SimulatorSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Instances call every method of the API, one after the other, while people write, call and change groups on their phones, and requests,
 * messages and news go astray. No answer is untrue, and in the end all that the gateway tells is what the service has.
 *
 * <p>In the long run alone: {@code ./greenfinch test --long=methods}.
 */
class MethodSoakChecks {
    private static final int INSTANCES = Integer.getInteger("soak.methods.instances", 5);
    private static final Duration LENGTH = Duration.ofSeconds(Integer.getInteger("soak.seconds", 20));
    private static final long SEED = Long.getLong("soak.seed", 1);

    private static final Map<String, Object> SETTINGS = Map.of(
            "incomingWebhook", "yes",
            "outgoingWebhook", "yes",
            "outgoingMessageWebhook", "yes",
            "outgoingAPIMessageWebhook", "yes",
            "incomingCallWebhook", "yes",
            "delaySendMessagesMilliseconds", 0);

    private static final Duration BETWEEN_CALLS_OF_AN_INSTANCE = Duration.ofMillis(20);
    private static final Duration BETWEEN_DEEDS_OF_PEOPLE = Duration.ofMillis(50);
    private static final Duration BETWEEN_FAULTS = Duration.ofMillis(500);

    /** A slow machine needs longer than the length until each instance has called each method. */
    private static final Duration FIRST_ROUND = Duration.ofMinutes(5);

    private static final Duration RECOVERY = Duration.ofMinutes(4);
    private static final Duration LOOKS = Duration.ofSeconds(2);

    @TempDir
    Path folder;

    private final Actors actors = new Actors(SEED);
    private final Screens screens = new Screens();
    private Simulator service;
    private SimulatorAdmin simulator;
    private GatewayService gateway;

    @BeforeEach
    void start() {
        service = Simulator.start(SimulatorSettings.defaults());
        service.onSeen(screens::show);
        simulator = new SimulatorAdmin(service.adminUrl());
        gateway = GatewayService.start(
                folder.resolve("data"),
                simulator,
                "--no-first-instance",
                "--rate-limits",
                "off",
                "--min-send-delay",
                "0");
        ServedContract.renew(gateway.apiUrl());
    }

    @AfterEach
    void stop() {
        actors.close();
        gateway.close();
        service.close();
    }

    @Test
    void noAnswerOfAnyMethodIsUntrue() throws Exception {
        List<Subject> subjects = Subject.link(INSTANCES, gateway, simulator, MethodSoakChecks::listen);
        Report report = new Report(SEED);
        List<Program> programs = new Neighbourhood(simulator, subjects).programs(report, screens);
        Set<String> covered = new TreeSet<>(programs.getFirst().methods());
        covered.addAll(Program.LEFT_OUT);
        assertThat(subjects.getFirst().instance().offered())
                .as("methods of instances that are called here or left out for a reason")
                .isEqualTo(covered);

        Faults faults = new Faults(simulator, subjects);
        People people = new People(programs.stream().map(Program::caller).toList(), simulator, screens);
        List<Future<?>> acting = new ArrayList<>();
        for (int i = 0; i < programs.size(); i++) {
            acting.add(actors.act(1_000L + i, BETWEEN_CALLS_OF_AN_INSTANCE, programs.get(i)::step));
        }
        acting.add(actors.act(1, BETWEEN_DEEDS_OF_PEOPLE, people::act));
        acting.add(actors.act(2, BETWEEN_FAULTS, faults::order));
        var _ = actors.over().await(LENGTH.toSeconds(), TimeUnit.SECONDS);
        await("all instances have called all methods").atMost(FIRST_ROUND).untilAsserted(() -> {
            if (actors.failures().isEmpty()) {
                assertThat(programs).allMatch(Program::calledAll);
                assertThat(programs.getFirst().methods())
                        .as("methods that have succeeded")
                        .allMatch(method -> report.successes(method) > 0);
            }
        });
        actors.finish();
        for (Future<?> actor : acting) {
            actor.get(2, TimeUnit.MINUTES);
        }

        print(report, programs, faults, people);
        recover(programs);
        List<String> differences = settled(programs, people);
        assertThat(actors.failures()).isEmpty();
        assertThat(Stream.concat(report.untruths().stream(), differences.stream()))
                .isEmpty();
        assertThat(gateway.app().errors().lines().filter(MethodSoakChecks::isFailure))
                .as("failures in the gateway's log")
                .isEmpty();
        logout(programs.getFirst().caller());
    }

    private void print(Report report, List<Program> programs, Faults faults, People people) {
        int messages = programs.stream()
                .flatMap(program -> program.caller().chats().stream())
                .mapToInt(chat -> chat.taken().size())
                .sum();
        System.out.printf(
                "method soak, seed %d, %d instances, %d s: %d calls, %d messages sent and %d written by people, %d other deeds of people, "
                        + "%d faults ordered, of the last ones %d struck%n",
                SEED,
                INSTANCES,
                LENGTH.toSeconds(),
                report.calls(),
                messages,
                people.written().size(),
                people.deeds() - people.written().size(),
                faults.ordered(),
                simulator.struck());
        report.answers().forEach((answer, times) -> System.out.printf("method soak: %6d %s%n", times, answer));
    }

    /** A line of the log that no fault of WhatsApp's explains. */
    private static boolean isFailure(String line) {
        return line.contains(" ERROR ") || line.startsWith("\tat ");
    }

    private static void listen(Gateway instance) {
        assertThat(instance.post("setSettings", SETTINGS).status()).isEqualTo(200);
    }

    /** What was kept back comes with the next login; half-open lines are cut rather than waited for. */
    private void recover(List<Program> programs) {
        simulator.withdrawFaults();
        simulator.cutAll();
        await().atMost(RECOVERY).until(() -> simulator.connected() == programs.size());
        programs.forEach(program -> program.caller().gateway().awaitAuthorized());
        await().atMost(RECOVERY)
                .until(() -> simulator.unacknowledged() == 0
                        && programs.stream()
                                .allMatch(program -> program.caller()
                                        .gateway()
                                        .get("getMessagesCount")
                                        .body()
                                        .equals("{\"count\":0}")));
    }

    /** The differences that remain. */
    private List<String> settled(List<Program> programs, People people) {
        Reckoning reckoning =
                new Reckoning(screens, programs.stream().map(Program::caller).toList());
        AtomicReference<List<String>> last = new AtomicReference<>(List.of());
        try {
            await().atMost(RECOVERY)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(LOOKS)
                    .until(() -> {
                        last.set(Stream.concat(
                                        programs.stream().flatMap(program -> program.differences(reckoning)),
                                        reckoning.differences(people.written()).stream())
                                .toList());
                        return last.get().isEmpty();
                    });
        } catch (ConditionTimeoutException e) {
            System.out.printf(
                    "method soak: %d differences when it was over: %s%n",
                    last.get().size(), e.getMessage());
        }
        return last.get();
    }

    private void logout(Caller caller) {
        assertThat(caller.get("logout").flag("isLogout")).isTrue();
        assertThat(simulator.devicesOf(caller.phone())).isEmpty();
    }
}
