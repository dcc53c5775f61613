package io.greenfinch.interop.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.interop.service.Gateway;
import io.greenfinch.interop.service.Gateway.Answer;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} at bad moments, through the public interface only. */
class KilledGatewayIT {

    private static final int INSTANCES = 20;
    private static final int GROUPS_EACH = 10;

    @TempDir
    private Path data;

    @SuppressWarnings("NullAway.Init") // set before each test
    private Fleet fleet;

    @BeforeEach
    void start() {
        fleet = new Fleet(data.resolve("gateway"));
    }

    @AfterEach
    void stop() {
        fleet.close();
    }

    @Test
    void staysLinkedWithoutANewCode() {
        Fleet.Linked anna = fleet.link("Anna");
        fleet.link("Bob");
        String bob = phoneOf("Bob");
        String first = fleet.simulator().createGroup("First", "lid", bob, anna.phone());
        String second = fleet.simulator().createGroup("Second", "pn", bob, anna.phone());
        assertThat(leave(fleet.gateway(anna), first)).contains("{\"leaveGroup\":true}");
        // A kill in the very moment of the answer would leave the first call's outcome unknown, and true to be told again.
        assertThat(leave(fleet.gateway(anna), first)).contains("{\"leaveGroup\":false}");

        fleet.killGateway();
        fleet.restartGateway();

        Gateway again = fleet.gateway(anna);
        Fleet.awaitAuthorized(again);
        assertThat(again.get("qr").json().get("type").asString()).isEqualTo("alreadyLogged");
        assertThat(leave(again, first)).contains("{\"leaveGroup\":false}");
        assertThat(leave(again, second)).contains("{\"leaveGroup\":true}");
    }

    @Test
    void noLeaveIsLostOrInventedByAKill() throws Exception {
        List<Leave> leaves = leaves();
        // Half of the answers are held back, so that the kill meets leaves in every stage.
        fleet.order("{\"kind\":\"delay\",\"millis\":1500,\"child\":\"leave\",\"times\":60}");
        fleet.order("{\"kind\":\"delay\",\"millis\":1500,\"child\":\"leave\",\"processed\":true,\"times\":80}");
        CountDownLatch someAnswered = new CountDownLatch(30);

        List<Optional<String>> answers = inParallel(
                leaves,
                leave -> {
                    Optional<String> answer = leave(fleet.gateway(leave.account()), leave.group());
                    answer.ifPresent(_ -> someAnswered.countDown());
                    return answer;
                },
                () -> {
                    assertThat(someAnswered.await(20, TimeUnit.SECONDS)).isTrue();
                    fleet.killGateway();
                });
        fleet.clearFaults();
        fleet.restartGateway();

        int unanswered = 0;
        for (int i = 0; i < leaves.size(); i++) {
            Leave leave = leaves.get(i);
            if (answers.get(i).isPresent()) {
                assertThat(answers.get(i)).contains(leave.success());
                assertThat(fleet.members(leave.group()))
                        .doesNotContain(leave.account().phone());
            } else {
                unanswered++;
                assertThat(leave(fleet.gateway(leave.account()), leave.group())).contains(leave.success());
                assertThat(fleet.members(leave.group()))
                        .doesNotContain(leave.account().phone());
            }
        }
        assertThat(unanswered).as("leaves that the kill met").isGreaterThan(20);
    }

    private List<Leave> leaves() {
        List<Fleet.Linked> accounts = new ArrayList<>();
        for (int i = 0; i < INSTANCES; i++) {
            accounts.add(fleet.link("Account " + i));
        }
        String bystander = accounts.getFirst().phone();
        List<Leave> leaves = new ArrayList<>();
        for (Fleet.Linked account : accounts.subList(1, INSTANCES)) {
            for (int i = 0; i < GROUPS_EACH + 1; i++) {
                boolean admin = i % 3 == 0;
                String mode = i % 2 == 0 ? "lid" : "pn";
                String subject = account.name() + " " + i;
                String group = admin
                        ? fleet.simulator().createGroup(subject, mode, account.phone(), bystander)
                        : fleet.simulator().createGroup(subject, mode, bystander, account.phone());
                leaves.add(new Leave(account, group, admin));
            }
        }
        return leaves;
    }

    private record Leave(Fleet.Linked account, String group, boolean admin) {
        String success() {
            return admin ? "{\"removeAdmin\":true}" : "{\"leaveGroup\":true}";
        }
    }

    private String phoneOf(String name) {
        return fleet.simulator().person(name).phone();
    }

    /** The answer's body; empty when the connection ended without one. */
    private static Optional<String> leave(Gateway gateway, String group) {
        try {
            Answer answer = gateway.post("leaveGroup", Map.of("groupId", group));
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            return Optional.of(answer.body());
        } catch (UncheckedIOException e) {
            return Optional.empty();
        }
    }

    private interface Step<T, R> {
        R apply(T item);
    }

    private interface Interference {
        void run() throws InterruptedException;
    }

    private static <T, R> List<R> inParallel(List<T> items, Step<T, R> step, Interference meanwhile)
            throws InterruptedException, ExecutionException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<R>> futures = new ArrayList<>();
            items.forEach(item -> futures.add(threads.submit(() -> step.apply(item))));
            meanwhile.run();
            List<R> results = new ArrayList<>();
            for (Future<R> future : futures) {
                results.add(future.get());
            }
            return results;
        }
    }
}
