package io.greenfinch.interop.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.greenfinch.interop.service.Person;
import io.greenfinch.interop.service.SimulatorAdmin;
import io.greenfinch.interop.soak.Actors;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.simulator.Simulator;
import io.greenfinch.simulator.SimulatorSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Engines write and are written to while their stores fail, hang and take their time, while sessions are taken over by others, and while
 * connections are cut. Every message is where it belongs in the end, once and in order, and nobody has had to ask for one again.
 *
 * <p>Short here; {@code ./greenfinch test --long=stores} goes on for ten minutes.
 */
class TroubledStoreIT {

    private static final int SECONDS = Integer.getInteger("soak.stores.seconds", 15);
    private static final int ENGINES = Integer.getInteger("soak.stores.engines", 3);
    private static final long SEED = Long.getLong("soak.seed", 1);

    private static final Duration BETWEEN_TEXTS = Duration.ofMillis(40);
    private static final Duration BETWEEN_RESTARTS = Duration.ofSeconds(2);
    private static final Duration BETWEEN_CUTS = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration LOOKS = Duration.ofMillis(200);

    private final Actors actors = new Actors(SEED);
    private final AtomicInteger restarts = new AtomicInteger();
    private final Map<String, List<Sight>> screens = new ConcurrentHashMap<>();
    private final List<Linked> ours = new ArrayList<>();
    private final List<Talk> talks = new ArrayList<>();
    private Simulator service;
    private SimulatorAdmin admin;

    @BeforeEach
    void link() {
        service = Simulator.start(SimulatorSettings.defaults());
        service.onSeen(seen -> seen.id().ifPresent(id -> screen(seen.person()).add(new Sight(seen.text(), id))));
        admin = new SimulatorAdmin(service.adminUrl());
        for (int i = 0; i < ENGINES; i++) {
            ours.add(Linked.link(service, admin, "Ours " + i, SEED * 1_000 + i));
        }
        for (int i = 0; i < ENGINES; i++) {
            talk(i, ours.get(i), ours.get((i + 1) % ENGINES));
        }
    }

    private List<Sight> screen(String person) {
        return screens.computeIfAbsent(person, name -> new CopyOnWriteArrayList<>());
    }

    /** An engine, a person, another engine's account, and a group of all of them. */
    private void talk(int number, Linked one, Linked next) {
        Person person = admin.createPerson("Person " + number);
        String mode = number % 2 == 0 ? "lid" : "pn";
        String group = admin.createGroup(
                "Group " + number, mode, one.account().phone(), next.account().phone(), person.phone());
        Jid room = Jid.parse(group).orElseThrow();
        one.engine().awaitGroup(room);
        next.engine().awaitGroup(room);
        List<Person> all = List.of(one.account(), next.account(), person);
        add("direct", one, jid(person), List.of(one.account(), person), List.of());
        add("across", one, jid(next.account()), List.of(one.account(), next.account()), List.of(next));
        add("group", one, room, all, List.of(next));
        String name = "phone-" + number;
        talks.add(new Talk(name, Optional.empty(), person, jid(one.account()), List.of(one.account()), List.of(one)));
        talks.add(new Talk(
                name + "-group",
                Optional.empty(),
                person,
                room,
                List.of(one.account(), next.account()),
                List.of(one, next)));
    }

    private void add(String kind, Linked one, Jid chat, List<Person> readers, List<Linked> told) {
        String name = "%s-%s".formatted(kind, one.account().phone());
        talks.add(new Talk(name, Optional.of(one), one.account(), chat, readers, told));
    }

    private static Jid jid(Person person) {
        return Jid.parse(person.pn()).orElseThrow();
    }

    @AfterEach
    void stop() {
        actors.close();
        ours.forEach(Linked::close);
        service.close();
    }

    @Test
    void everyMessageIsThereOnceThoughTheStoreFailsAndHangs() throws Exception {
        ours.forEach(linked -> linked.store().begin());
        List<Future<?>> busy = new ArrayList<>();
        for (int i = 0; i < talks.size(); i++) {
            Talk talk = talks.get(i);
            busy.add(actors.act(i, BETWEEN_TEXTS, dice -> say(talk)));
        }
        busy.add(actors.act(1_000, BETWEEN_RESTARTS, this::restart));
        busy.add(actors.act(1_001, BETWEEN_CUTS, dice -> admin.cutAll()));
        var _ = actors.over().await(SECONDS, TimeUnit.SECONDS);
        ours.forEach(linked -> linked.store().heal());
        actors.finish();
        for (Future<?> each : busy) {
            each.get(4, TimeUnit.MINUTES);
        }
        assertThat(actors.failures()).isEmpty();
        talks.forEach(this::say);
        settle();
        JsonNode counts = admin.messageCounts();
        System.out.printf(
                "stores in trouble, seed %d: %d messages in %d talks of %d engines, %s, on the wire %s%n",
                SEED,
                talks.stream().mapToInt(talk -> talk.taken().size()).sum(),
                talks.size(),
                ENGINES,
                ours.stream().map(linked -> linked.store().troubles()).toList(),
                counts);
        assertThat(restarts).as("sessions taken over").hasPositiveValue();
        assertThat(ours)
                .allSatisfy(linked -> assertThat(linked.store().failures())
                        .as("failures of a store")
                        .isPositive());
        for (Talk talk : talks) {
            for (Person reader : talk.readers()) {
                assertThat(talk.among(screen(reader.name())))
                        .as("phone of %s: %s", reader.name(), talk.name())
                        .isEqualTo(talk.taken());
            }
            for (Linked linked : talk.told()) {
                assertThat(talk.among(linked.told()))
                        .as("%s: %s", linked.account().name(), talk.name())
                        .isEqualTo(talk.taken());
            }
        }
        assertThat(counts.get("altered").asInt())
                .as("other bytes under a used id")
                .isZero();
        assertThat(counts.get("retries").asInt())
                .as("messages that somebody could not read")
                .isZero();
    }

    private void say(Talk talk) {
        if (talk.engine().isPresent()) {
            talk.engine().get().say(talk);
        } else {
            String to =
                    talk.chat().isGroup() ? talk.chat().toString() : talk.chat().user();
            talk.took(admin.write(talk.writer().phone(), to, talk.next()));
        }
    }

    private void restart(RandomGenerator dice) {
        ours.get(dice.nextInt(ours.size())).restart();
        restarts.incrementAndGet();
    }

    /** Waits until everything has come; where it does not, the comparison tells what is missing. */
    private void settle() {
        try {
            await("everything has come")
                    .atMost(PATIENCE)
                    .pollInterval(LOOKS)
                    .until(() -> missing() == 0 && admin.unacknowledged() == 0);
        } catch (ConditionTimeoutException e) {
            System.out.printf(
                    "stores in trouble: %d texts are missing, %d stanzas unacknowledged%n",
                    missing(), admin.unacknowledged());
        }
    }

    private long missing() {
        long missing = 0;
        for (Talk talk : talks) {
            int taken = talk.taken().size();
            for (Person reader : talk.readers()) {
                missing += Math.max(0, taken - talk.among(screen(reader.name())).size());
            }
            for (Linked linked : talk.told()) {
                missing += Math.max(0, taken - talk.among(linked.told()).size());
            }
        }
        return missing;
    }
}
