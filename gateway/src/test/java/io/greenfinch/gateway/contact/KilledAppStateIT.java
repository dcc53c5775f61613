package io.greenfinch.gateway.contact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.greenfinch.gateway.Gateway;
import io.greenfinch.gateway.KilledProcess;
import io.greenfinch.gateway.SimulatedWorld;
import io.greenfinch.gateway.TestGateway;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code kill -9} at any moment while contacts and the archive are read and written, of which the account's phone and another of its
 * companions write at the same time: what was answered is so everywhere, and what was not is so wholly, or not at all.
 */
@Timeout(300)
class KilledAppStateIT {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final int KILLS = 4;

    /** Those about whom each caller of the gateway that is killed changes something. */
    private static final List<List<String>> OF_CALLERS = List.of(
            List.of("15550001010", "15550001011"),
            List.of("15550001012", "15550001013"),
            List.of("15550001014", "15550001015"));

    private static final List<String> OF_COMPANION = List.of("15550001016", "15550001017");
    private static final List<String> OF_PHONE = List.of("15550001018", "15550001019");

    private static final List<String> ALL = Stream.concat(
                    OF_CALLERS.stream().flatMap(List::stream), Stream.concat(OF_COMPANION.stream(), OF_PHONE.stream()))
            .toList();

    /** More than are told without a snapshot. */
    private static final int BEFORE_THE_LINK = 120;

    /** More than one answer tells. */
    private static final int BACKLOG = 60;

    private final Random random = new Random(20261130);
    private final AppStatePromises promises = new AppStatePromises();

    @Test
    void whatWasAnsweredIsThereOnceAndAllElseWhollyOrNot(@TempDir Path data, @TempDir Path others) throws Exception {
        try (SimulatedWorld world = new SimulatedWorld();
                HttpClient http = HttpClient.newHttpClient()) {
            world.person("Anna", "15550001001");
            for (String friend : ALL) {
                world.person("Friend " + friend, friend);
                world.says(friend, "Anna", "Hello");
            }
            AppStatePhone phone = new AppStatePhone(world, "Anna", promises, new Random(random.nextLong()));
            phone.change(OF_PHONE, BEFORE_THE_LINK);
            Gateway.NewInstance anna = linked(data, world);
            try (TestGateway other = TestGateway.start(others, world, TIMEOUT)) {
                Gateway.NewInstance companion = other.link(world, "Anna");
                awaitChats(other, companion);
                AppStateCalls companions = calls(http, other.gateway().apiUrl().toString(), companion);
                for (int kill = 1; kill <= KILLS; kill++) {
                    phone.change(OF_PHONE, BACKLOG);
                    killed(
                            data,
                            world,
                            http,
                            anna,
                            List.of(
                                    () -> phone.change(OF_PHONE, 1),
                                    () -> companions.change(OF_COMPANION.get(random.nextInt(OF_COMPANION.size())))));
                }
                try (TestGateway gateway = TestGateway.start(data, world, TIMEOUT)) {
                    assertAgreement(world, gateway, anna, other, companion);
                    assertPromises(world);
                    phone.change(OF_PHONE, 10);
                    AppStateCalls calls = calls(http, gateway.gateway().apiUrl().toString(), anna);
                    for (String friend : ALL) {
                        calls.change(friend);
                    }
                    deleteForUs(gateway, anna);
                    assertAgreement(world, gateway, anna, other, companion);
                    for (String friend : ALL) {
                        companions.change(friend);
                    }
                    deleteForUs(other, companion);
                    assertAgreement(world, gateway, anna, other, companion);
                }
            }
        }
    }

    private AppStateCalls calls(HttpClient http, String apiUrl, Gateway.NewInstance instance) {
        return new AppStateCalls(http, apiUrl, instance, promises, new Random(random.nextLong()));
    }

    /** Links Anna, and has her read the chats, but nothing of the app state. */
    private static Gateway.NewInstance linked(Path data, SimulatedWorld world) {
        world.fault("{\"kind\":\"no-answer\",\"xmlns\":\"w:sync:app:state\",\"times\":0}");
        try (TestGateway gateway = TestGateway.start(data, world, TIMEOUT)) {
            Gateway.NewInstance anna = gateway.link(world, "Anna");
            awaitChats(gateway, anna);
            assertThat(AddressBook.inGateway(gateway, anna, ALL)).isEmpty();
            return anna;
        } finally {
            world.clearFaults();
        }
    }

    private static void awaitChats(TestGateway gateway, Gateway.NewInstance instance) {
        await().atMost(TIMEOUT)
                .until(() -> JSON.readTree(gateway.get(TestGateway.path(instance, "getChats"))
                                        .body())
                                .size()
                        == ALL.size());
    }

    /** What goes on beside the gateway that is killed. */
    private interface Step {
        void take() throws IOException, InterruptedException;
    }

    private void killed(
            Path data, SimulatedWorld world, HttpClient http, Gateway.NewInstance anna, List<Step> meanwhile)
            throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            try (KilledProcess killed = new KilledProcess(data, world)) {
                for (List<String> friends : OF_CALLERS) {
                    AppStateCalls calls = calls(http, killed.apiUrl(), anna);
                    running.add(threads.submit(() -> untilGone(calls, friends)));
                }
                for (Step step : meanwhile) {
                    running.add(threads.submit(() -> {
                        while (!over.await(20, TimeUnit.MILLISECONDS)) {
                            step.take();
                        }
                        return over;
                    }));
                }
                killed.lives(100 + random.nextInt(900));
            } finally {
                over.countDown();
            }
            for (Future<?> each : running) {
                each.get(60, TimeUnit.SECONDS);
            }
        }
    }

    private static int untilGone(AppStateCalls calls, List<String> friends) throws InterruptedException {
        for (int call = 0; ; call++) {
            try {
                calls.change(friends.get(call % friends.size()));
            } catch (IOException _) {
                return call; // it was killed, as it was to be
            }
        }
    }

    /** The phone, another companion and the gateway that was killed have read the same. */
    private static void assertAgreement(
            SimulatedWorld world,
            TestGateway gateway,
            Gateway.NewInstance anna,
            TestGateway other,
            Gateway.NewInstance companion) {
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            Map<String, String> truth = AddressBook.onPhone(world, "Anna", ALL);
            assertThat(AddressBook.inGateway(gateway, anna, ALL)).isEqualTo(told(truth));
            assertThat(AddressBook.inGateway(other, companion, ALL)).isEqualTo(told(truth));
        });
    }

    /** What of it callers are told. */
    private static Map<String, String> told(Map<String, String> truth) {
        Map<String, String> told = new TreeMap<>(truth);
        told.keySet().removeIf(thing -> thing.startsWith(AddressBook.mute("")));
        return told;
    }

    private void assertPromises(SimulatedWorld world) {
        Map<String, String> truth = AddressBook.onPhone(world, "Anna", ALL);
        for (String thing : promises.things()) {
            assertThat(promises.of(thing)).as(thing).contains(truth.getOrDefault(thing, AppStatePromises.NOTHING));
        }
        long written = world.appState("Anna").stream()
                .filter(each -> !each.path("collection").stringValue().equals("critical_block"))
                .mapToLong(each -> each.path("version").longValue())
                .sum();
        assertThat(promises.kept()).isGreaterThan(BEFORE_THE_LINK + KILLS * BACKLOG);
        // Each call has made one patch, those without an answer at most one.
        assertThat(written).isBetween((long) promises.kept(), (long) promises.kept() + promises.open());
    }

    /** Deletes a message for the own devices alone, which is written beside the mutes. */
    private static void deleteForUs(TestGateway gateway, Gateway.NewInstance instance) {
        String chat = ALL.getFirst() + "@c.us";
        String id = JSON.readTree(gateway.post(
                                TestGateway.path(instance, "sendMessage"),
                                JSON.writeValueAsString(Map.of("chatId", chat, "message", "Oh")))
                        .body())
                .path("idMessage")
                .stringValue();
        assertThat(gateway.post(
                                TestGateway.path(instance, "deleteMessage"),
                                JSON.writeValueAsString(
                                        Map.of("chatId", chat, "idMessage", id, "onlySenderDelete", true)))
                        .statusCode())
                .isEqualTo(200);
    }
}
