package io.greenfinch.interop.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.greenfinch.interop.service.Gateway;
import io.greenfinch.interop.service.Gateway.Answer;
import io.greenfinch.interop.service.GatewayService;
import io.greenfinch.interop.service.Person;
import io.greenfinch.interop.service.SimulatorAdmin;
import io.greenfinch.simulator.Simulator;
import io.greenfinch.simulator.SimulatorSettings;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} of the gateway with 200 leaves in flight: what was answered is true, and what was not answered can be
 * asked again.
 */
class KillIT {
    private static final int INSTANCES = 20;
    private static final int GROUPS_EACH = 10;
    /** As many answers as the gateway is allowed to give before it is killed. */
    private static final int ANSWERS = 50;

    private static final Duration DEADLINE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private Simulator service;
    private SimulatorAdmin simulator;
    private ExecutorService threads;

    @BeforeEach
    void start() {
        service = Simulator.start(SimulatorSettings.defaults());
        simulator = new SimulatorAdmin(service.adminUrl());
        threads = Executors.newVirtualThreadPerTaskExecutor();
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
        service.close();
    }

    /** A leave to ask for: an account of ours in a group of which it is a member, or the only administrator. */
    private record Leave(Gateway instance, Person account, String group, boolean admin) {
        Answer ask() {
            return instance.post("leaveGroup", Map.of("groupId", group));
        }

        Leave at(GatewayService gateway) {
            return new Leave(instance.at(gateway.apiUrl()), account, group, admin);
        }

        String truth() {
            return admin ? "{\"removeAdmin\":true}" : "{\"leaveGroup\":true}";
        }
    }

    @Test
    void saysNothingUntrueAndFinishesWhatWasUnderWay() {
        List<Leave> leaves;
        Map<Leave, Answer> answers = new ConcurrentHashMap<>();
        try (GatewayService gateway = serve()) {
            leaves = shuffled(link(gateway));
            assertThat(leaves).hasSize(INSTANCES * GROUPS_EACH);
            slowDown(leaves);

            leaves.forEach(leave -> threads.execute(() -> askInto(answers, leave)));
            await().atMost(DEADLINE).until(() -> answers.size() >= ANSWERS);
            gateway.app().kill();
        }
        simulator.withdrawFaults();

        Map<Leave, Answer> given = Map.copyOf(answers);
        assertThat(given).hasSizeBetween(ANSWERS, leaves.size() - ANSWERS);
        SoftAssertions.assertSoftly(softly -> given.forEach((leave, answer) -> {
            softly.assertThat(answer).isEqualTo(Answer.ok(leave.truth()));
            softly.assertThat(simulator.membersOf(leave.group()))
                    .doesNotContain(leave.account().phone());
        }));

        try (GatewayService again = serve()) {
            leaves.stream().map(leave -> leave.at(again).instance()).distinct().forEach(Gateway::awaitAuthorized);
            List<Answer> repeated = new ArrayList<>();
            SoftAssertions.assertSoftly(softly -> leaves.stream()
                    .filter(leave -> !given.containsKey(leave))
                    .forEach(leave -> {
                        Answer answer = leave.at(again).ask();
                        repeated.add(answer);
                        softly.assertThat(answer.status()).isEqualTo(200);
                        softly.assertThat(answer.body()).isEqualTo(leave.truth());
                        softly.assertThat(simulator.membersOf(leave.group()))
                                .doesNotContain(leave.account().phone());
                    }));
            // Both kinds were under way: leaves that had happened, and such that had not.
            assertThat(repeated).extracting(Answer::reason).contains(Optional.of("left-earlier"), Optional.empty());
            assertThat(again.app().stop()).isZero();
        }
    }

    private GatewayService serve() {
        return GatewayService.start(folder.resolve("data"), simulator, "--no-first-instance", "--rate-limits", "off");
    }

    private List<Leave> link(GatewayService gateway) {
        Person other = simulator.createPerson("Somebody else");
        List<Leave> leaves = new ArrayList<>();
        for (int i = 0; i < INSTANCES; i++) {
            String name = "Account " + i;
            Person account = simulator.createPerson(name);
            Gateway instance = gateway.createInstance(name);
            instance.link(simulator, name);
            for (int j = 0; j < GROUPS_EACH; j++) {
                boolean admin = j % 2 == 0;
                Person creator = admin ? account : other;
                Person member = admin ? other : account;
                String mode = j % 4 < 2 ? "lid" : "pn";
                String group = simulator.createGroup("Group " + j, mode, creator.phone(), member.phone());
                leaves.add(new Leave(instance, account, group, admin));
            }
        }
        return leaves;
    }

    /**
     * The answers of two thirds of the accounts are late: the account of one is out meanwhile, that of the other not yet. The first are
     * not told by a notification either, which would be as good as an answer.
     */
    private void slowDown(List<Leave> leaves) {
        List<Person> accounts = leaves.stream().map(Leave::account).distinct().toList();
        for (int i = 0; i < accounts.size(); i++) {
            if (i % 3 == 1) {
                String account = accounts.get(i).phone();
                simulator.order(Map.of("kind", "no-answer", "stanza", "notification", "account", account, "times", 0));
            }
            if (i % 3 != 0) {
                simulator.order(Map.of(
                        "kind",
                        "delay",
                        "millis",
                        20_000,
                        "processed",
                        i % 3 == 1,
                        "account",
                        accounts.get(i).phone(),
                        "xmlns",
                        "w:g2",
                        "child",
                        "leave",
                        "times",
                        GROUPS_EACH));
            }
        }
    }

    private static void askInto(Map<Leave, Answer> answers, Leave leave) {
        try {
            answers.put(leave, leave.ask());
        } catch (UncheckedIOException e) {
            // The kill broke the connection: this call stays unanswered, which is what the test is about.
        }
    }

    /** In an order in which no account's leaves stand together. */
    private static List<Leave> shuffled(List<Leave> leaves) {
        List<Leave> mixed = new ArrayList<>(leaves);
        Collections.shuffle(mixed, new Random(1));
        return mixed;
    }
}
