package io.greenfinch.interop.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.interop.service.Gateway;
import io.greenfinch.interop.service.Person;
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
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Instances write and are written to while the gateway is killed again and again, at random moments. Every message is where it belongs
 * in the end, once and in order: what callers sent on the phones of those they wrote to, what people wrote in our outbox and journal.
 *
 * <p>Short here; {@code ./greenfinch test --long} has 200 kills over 20 instances.
 */
class MessageSoakIT {
    private static final int KILLS = Integer.getInteger("soak.kills", 6);
    private static final int INSTANCES = Integer.getInteger("soak.kills.instances", 5);
    private static final long SEED = Long.getLong("soak.seed", 1);

    private static final Map<String, Object> SETTINGS = Map.of(
            "incomingWebhook", "yes",
            "outgoingWebhook", "yes",
            "outgoingMessageWebhook", "yes",
            "outgoingAPIMessageWebhook", "yes");

    private static final int WRITERS = 2;
    private static final Duration BETWEEN_TEXTS_OF_PEOPLE = Duration.ofMillis(100);
    private static final Duration BETWEEN_CALLS_OF_AN_INSTANCE = Duration.ofMillis(400);
    private static final Duration SLOWNESS = Duration.ofMillis(300);
    private static final Duration LOOKS = Duration.ofMillis(500);
    private static final Duration AT_ONCE = Duration.ofMillis(1);

    /** How long nothing may move before what is left is taken for lost. Queues are long after many kills. */
    private static final Duration STANDSTILL = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    private final Actors actors = new Actors(SEED);
    private final CountDownLatch told = new CountDownLatch(1);
    private final Map<String, Witness> screens = new ConcurrentHashMap<>();
    private Simulator service;
    private SimulatorAdmin simulator;
    private KilledGateway gateway;

    @BeforeEach
    void start() {
        service = Simulator.start(SimulatorSettings.defaults());
        service.onSeen(seen -> seen.id()
                .ifPresent(id ->
                        screen(seen.person()).saw(seen.text(), id, seen.group().orElse(""))));
        simulator = new SimulatorAdmin(service.adminUrl());
        gateway = new KilledGateway(folder.resolve("data"), simulator);
    }

    private Witness screen(String person) {
        return screens.computeIfAbsent(person, name -> new Witness("phone of " + name));
    }

    @AfterEach
    void stop() {
        told.countDown();
        actors.close();
        gateway.close();
        service.close();
    }

    @Test
    void everyMessageArrivesOnceAndInOrder() throws Exception {
        long began = System.nanoTime();
        Correspondences correspondences = new Correspondences(
                simulator, Subject.link(INSTANCES, gateway.service(), simulator, MessageSoakIT::listen));
        slowDown(correspondences.subjects());
        Senders senders = new Senders(correspondences, gateway::apiUrl);
        Writers writers = new Writers(correspondences, simulator);
        List<Poller> pollers = new ArrayList<>();
        List<Future<?>> talkers = new ArrayList<>();
        List<Future<?>> listeners = new ArrayList<>();
        for (Subject subject : correspondences.subjects()) {
            Poller poller = new Poller(subject, gateway::apiUrl);
            pollers.add(poller);
            long number = 1_000L + pollers.size();
            listeners.add(actors.act(number, AT_ONCE, told, poller::step));
            talkers.add(
                    actors.act(10_000 + number, BETWEEN_CALLS_OF_AN_INSTANCE, random -> senders.call(subject, random)));
        }
        for (int i = 0; i < WRITERS; i++) {
            talkers.add(actors.act(100 + i, BETWEEN_TEXTS_OF_PEOPLE, writers::write));
        }
        int kills = kill();
        actors.finish();
        for (Future<?> talker : talkers) {
            talker.get(2, TimeUnit.MINUTES);
        }
        int slowed = simulator.struck();
        System.out.printf(
                "message soak: killed %d times in %d s, with %d messages slowed down%n", kills, seconds(began), slowed);
        Reckoning reckoning = new Reckoning(correspondences, this::screen, pollers);
        simulator.withdrawFaults();
        settle(correspondences, reckoning);
        lastWords(correspondences, senders, writers);
        settle(correspondences, reckoning);
        told.countDown();
        for (Future<?> listener : listeners) {
            listener.get(1, TimeUnit.MINUTES);
        }
        print(kills, seconds(began), correspondences, senders, pollers);
        assertThat(slowed).as("messages that were sent between kills").isPositive();
        assertThat(actors.failures()).isEmpty();
        assertThat(senders.untruths()).isEmpty();
        assertThat(reckoning.differences(gateway.apiUrl().orElseThrow())).isEmpty();
        JsonNode counts = simulator.messageCounts();
        assertThat(counts.get("altered").asInt())
                .as("other bytes under a used id")
                .isZero();
        assertThat(counts.get("retries").asInt())
                .as("messages that somebody could not read")
                .isZero();
    }

    private static void listen(Gateway instance) {
        assertThat(instance.post("setSettings", SETTINGS).status()).isEqualTo(200);
    }

    /**
     * For two of three accounts WhatsApp takes its time with a message, before it delivers it or before it says so: kills come between the
     * two, and what was sent is sent again.
     */
    private void slowDown(List<Subject> subjects) {
        for (int i = 0; i < subjects.size(); i++) {
            if (i % 3 != 0) {
                simulator.order(Map.of(
                        "kind",
                        "delay",
                        "millis",
                        SLOWNESS.toMillis(),
                        "processed",
                        i % 3 == 1,
                        "stanza",
                        "sent-message",
                        "account",
                        subjects.get(i).account().phone(),
                        "times",
                        0));
            }
        }
    }

    private int kill() throws InterruptedException {
        Random random = new Random(SEED);
        int kills = 0;
        while (kills < KILLS && actors.failures().isEmpty()) {
            kills += gateway.killOnce(INSTANCES, random, actors.over());
        }
        return kills;
    }

    /** Waits until nothing is under way any more, or nothing moves; the reckoning tells what is missing then. */
    private void settle(Correspondences correspondences, Reckoning reckoning) throws InterruptedException {
        correspondences.subjects().forEach(subject -> here(subject).awaitAuthorized());
        String before = "";
        long moved = System.nanoTime();
        while (System.nanoTime() - moved < STANDSTILL.toNanos()) {
            List<Subject> busy = correspondences.subjects().stream()
                    .filter(subject -> !hasNothingToDo(subject))
                    .toList();
            String now = "%d texts are missing, %d stanzas unacknowledged, queues and outboxes %s"
                    .formatted(
                            reckoning.missing(),
                            simulator.unacknowledged(),
                            busy.stream().map(this::counts).toList());
            if (busy.isEmpty() && reckoning.missing() == 0 && simulator.unacknowledged() == 0) {
                return;
            }
            if (!now.equals(before)) {
                before = now;
                moved = System.nanoTime();
            }
            var _ = told.await(LOOKS.toMillis(), TimeUnit.MILLISECONDS);
        }
        System.out.println("message soak: nothing moves any more: " + before);
    }

    private List<String> counts(Subject subject) {
        return List.of(
                here(subject).get("getMessagesCount").body(),
                here(subject).get("getWebhooksCount").body());
    }

    private boolean hasNothingToDo(Subject subject) {
        return counts(subject).stream().allMatch("{\"count\":0}"::equals);
    }

    private Gateway here(Subject subject) {
        return subject.at(gateway.apiUrl().orElseThrow());
    }

    /** One more message by everybody in every correspondence: no session between any two is broken. */
    private static void lastWords(Correspondences correspondences, Senders senders, Writers writers) {
        for (Lane lane : correspondences.lanes()) {
            if (lane.sender().isPresent()) {
                senders.send(lane, "bye", true);
            } else {
                for (Person person : lane.correspondence.everybody()) {
                    writers.write(lane, person, "bye", "lid");
                }
            }
        }
    }

    private static long seconds(long since) {
        return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - since);
    }

    private void print(
            int kills, long seconds, Correspondences correspondences, Senders senders, List<Poller> pollers) {
        JsonNode counts = simulator.messageCounts();
        int sent = 0;
        int written = 0;
        int unanswered = 0;
        for (Lane lane : correspondences.lanes()) {
            int taken = lane.taken().size();
            sent += lane.sender().isPresent() ? taken : 0;
            written += lane.sender().isPresent() ? 0 : taken;
            unanswered += lane.unanswered().size();
        }
        System.out.printf(
                "message soak, seed %d: %d kills over %d instances in %d s; %d sent by callers (and %d calls given up), "
                        + "%d written on phones, %d notifications told again, on the wire %s%n",
                SEED,
                kills,
                INSTANCES,
                seconds,
                sent,
                unanswered,
                written,
                pollers.stream().mapToInt(Poller::repeats).sum(),
                counts);
        System.out.println("message soak, answers: " + senders.answers());
    }
}
