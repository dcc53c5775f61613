package io.greenfinch.gateway.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.greenfinch.gateway.Gateway.NewInstance;
import io.greenfinch.gateway.SimulatedWorld;
import io.greenfinch.gateway.TestGateway;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Many instances in one process: none costs a thread, and the trouble of some is no trouble of the others. */
@Timeout(180)
class ManySessionsIT {

    private static final int HEALTHY = 190;
    private static final int SICK = 10;
    private static final int LINKED_AT_A_TIME = 16;
    /** Longer than any test: nothing here ends because time is up. */
    private static final Duration CALL = Duration.ofMinutes(5);

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final SimulatedWorld world = new SimulatedWorld();
    private final List<Member> healthy = new ArrayList<>();
    private final List<Member> sick = new ArrayList<>();
    private TestGateway gateway;

    /** An instance with the person it is linked to and a group that person is in. */
    private record Member(NewInstance instance, String person, String group) {}

    @BeforeEach
    void start() {
        gateway = TestGateway.start(folder, world, CALL);
        world.person("Host");
    }

    @AfterEach
    void stop() {
        gateway.close();
        world.close();
    }

    @Test
    void theTroubleOfSomeIsNoTroubleOfTheOthers() throws Exception {
        sick.addAll(link("Sick", SICK));
        int threads = platformThreads();
        healthy.addAll(link("Well", HEALTHY));
        assertThat(platformThreads() - threads)
                .as("threads for %d sessions more", HEALTHY)
                .isLessThan(HEALTHY / 3);

        makeSick();
        List<CompletableFuture<HttpResponse<String>>> stuck =
                sick.subList(0, 2).stream().map(this::leaving).toList();
        List<HttpResponse<String>> answers = all(healthy, this::leave);

        assertThat(answers).allSatisfy(answer -> assertThat(answer.body()).isEqualTo("{\"leaveGroup\":true}"));
        assertThat(stuck).as("those who were asked before are not there yet").noneMatch(CompletableFuture::isDone);
        for (Member member : healthy) {
            assertThat(world.members(member.group())).containsExactly("Host");
        }
        world.clearFaults();
        sick.subList(0, 2).forEach(each -> strike(each, "{\"kind\":\"cut\",\"now\":true,\"account\":\"%s\"}"));
        assertThat(stuck).allSatisfy(answer -> assertThat(answer.join().body()).isEqualTo("{\"leaveGroup\":true}"));
    }

    @Test
    void aRestartOfTheServerIsSurvivedByAll() throws Exception {
        healthy.addAll(link("Well", 60));
        world.fault("{\"kind\":\"link-down\"}");
        await().atMost(PATIENCE).until(() -> online() == 0);
        world.clearFaults();

        await().atMost(PATIENCE).until(() -> online() == healthy.size());
        gateway.close();
        gateway = TestGateway.start(folder, world, CALL);
        await().atMost(PATIENCE).until(() -> online() == healthy.size());
        assertThat(world.resumed()).as("they remember the server").isEqualTo(healthy.size());
    }

    /** One kind of trouble each, for as long as the faults stand. */
    private void makeSick() {
        slow(sick.get(0));
        slow(sick.get(1));
        for (Member dead : sick.subList(2, 4)) {
            strike(dead, "{\"kind\":\"half-open\",\"now\":true,\"account\":\"%s\"}");
        }
        for (Member flapping : sick.subList(4, 6)) {
            strike(flapping, "{\"kind\":\"link-down\",\"account\":\"%s\"}");
        }
        for (Member garbled : sick.subList(6, 8)) {
            strike(garbled, "{\"kind\":\"corrupt\",\"stanza\":\"notification\",\"times\":0,\"account\":\"%s\"}");
        }
        for (Member flooded : sick.subList(6, 10)) {
            for (int i = 0; i < 100; i++) {
                world.act(flooded.group(), "Host", "promote", flooded.person());
                world.act(flooded.group(), "Host", "demote", flooded.person());
            }
        }
    }

    private void slow(Member member) {
        strike(member, "{\"kind\":\"delay\",\"millis\":600000,\"xmlns\":\"w:g2\",\"times\":0,\"account\":\"%s\"}");
    }

    private void strike(Member member, String fault) {
        world.fault(fault.formatted(member.person()));
    }

    private List<Member> link(String kind, int count) throws Exception {
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            numbers.add(i);
        }
        return all(numbers, number -> {
            String person = kind + number;
            world.person(person);
            String group = world.group("Team of " + person, "Host", person, "");
            return new Member(gateway.link(world, person), person, group);
        });
    }

    private interface Work<T, R> {
        R of(T each) throws Exception;
    }

    /** Does something for each, some at a time; results in the same order. */
    private static <T, R> List<R> all(List<T> each, Work<T, R> work) throws ExecutionException, InterruptedException {
        try (ExecutorService threads = Executors.newFixedThreadPool(
                LINKED_AT_A_TIME, Thread.ofVirtual().name("test-", 0).factory())) {
            List<Callable<R>> calls = new ArrayList<>();
            each.forEach(one -> calls.add(() -> work.of(one)));
            List<R> results = new ArrayList<>();
            for (Future<R> future : threads.invokeAll(calls)) {
                results.add(future.get());
            }
            return results;
        }
    }

    private HttpResponse<String> leave(Member member) {
        String path = TestGateway.path(member.instance(), "leaveGroup");
        return gateway.send(HttpRequest.newBuilder(URI.create(gateway.gateway().apiUrl() + path))
                .POST(HttpRequest.BodyPublishers.ofString("{\"groupId\":\"" + member.group() + "\"}"))
                .timeout(CALL)
                .build());
    }

    private CompletableFuture<HttpResponse<String>> leaving(Member member) {
        return CompletableFuture.supplyAsync(() -> leave(member), Thread::startVirtualThread);
    }

    private long online() {
        return gateway.gateway().instances().stream()
                .filter(view -> view.online())
                .count();
    }

    /** Threads of the system; virtual ones are not among them. */
    private static int platformThreads() {
        return Thread.getAllStackTraces().size();
    }
}
