package io.greenfinch.gateway.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.client.SessionStatus.Phase;
import io.greenfinch.client.group.Departed;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.gateway.Gateway;
import io.greenfinch.gateway.TestGateway;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** A token that got into wrong hands is replaced (green-api.md §4.13). */
class UpdateApiTokenIT {

    @TempDir
    private Path data;

    private TestGateway gateway;
    private Gateway.NewInstance instance;

    @BeforeEach
    void start() {
        gateway = TestGateway.start(data);
        instance = gateway.gateway().createInstance("test");
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void theNewTokenWorksAndTheOldOneDoesNot() {
        Gateway.NewInstance renewed = renewed(update(instance));

        assertThat(renewed.token()).matches("[0-9a-f]{50}").isNotEqualTo(instance.token());
        assertThat(state(instance)).isEqualTo(401);
        assertThat(state(renewed)).isEqualTo(200);
        assertThat(update(instance).statusCode()).isEqualTo(401);
        assertThat(gateway.get("/partner/getInstances/" + gateway.gateway().partnerToken())
                        .body())
                .contains(renewed.token())
                .doesNotContain(instance.token());

        gateway.close();
        gateway = TestGateway.start(data);
        assertThat(state(instance)).isEqualTo(401);
        assertThat(state(renewed)).isEqualTo(200);
    }

    @Test
    void whoWasLetInFinishes() {
        CountDownLatch inside = new CountDownLatch(1);
        CompletableFuture<Void> mayFinish = new CompletableFuture<>();
        gateway.of(instance).linked(Phase.ONLINE, Instant.now());
        gateway.of(instance).leaving((groups, deadline) -> {
            inside.countDown();
            mayFinish.join();
            return List.of(new Outcome.Done<>(new Departed(false, false)));
        });
        CompletableFuture<HttpResponse<String>> leave = CompletableFuture.supplyAsync(
                () -> gateway.post(TestGateway.path(instance, "leaveGroup"), "{\"groupId\":\"7@g.us\"}"));
        await(inside);

        Gateway.NewInstance renewed = renewed(update(instance));
        assertThat(state(instance)).isEqualTo(401);
        mayFinish.complete(null);
        assertThat(leave.join().body()).isEqualTo("{\"leaveGroup\":true}");
        assertThat(state(renewed)).isEqualTo(200);
    }

    @Test
    void ofManyAtTheSameTimeOneGetsAToken() {
        List<HttpResponse<String>> answers =
                Stream.generate(() -> CompletableFuture.supplyAsync(() -> update(instance))).limit(8).toList().stream()
                        .map(CompletableFuture::join)
                        .toList();

        List<HttpResponse<String>> renewed =
                answers.stream().filter(answer -> answer.statusCode() == 200).toList();
        assertThat(renewed).hasSize(1);
        assertThat(state(renewed(renewed.getFirst()))).isEqualTo(200);
        assertThat(answers).filteredOn(answer -> answer.statusCode() == 401).hasSize(7);
    }

    @Test
    void headChangesNothing() {
        assertThat(gateway.send("HEAD", TestGateway.path(instance, "updateApiToken"), "")
                        .statusCode())
                .isEqualTo(404);
        assertThat(state(instance)).isEqualTo(200);
    }

    private HttpResponse<String> update(Gateway.NewInstance who) {
        return gateway.get(TestGateway.path(who, "updateApiToken"));
    }

    private Gateway.NewInstance renewed(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(200);
        return new Gateway.NewInstance(
                instance.id(),
                new JsonMapper()
                        .readTree(answer.body())
                        .path("apiTokenInstance")
                        .stringValue());
    }

    private int state(Gateway.NewInstance who) {
        return gateway.get(TestGateway.path(who, "getStateInstance")).statusCode();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
