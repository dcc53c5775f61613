package io.greenfinch.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.greenfinch.client.SessionStatus.Phase;
import io.greenfinch.client.store.UnknownOutcomeException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A database that is not well, as callers see it. */
@Timeout(60)
class LockedDatabaseIT {

    @TempDir
    private Path data;

    @Test
    void aGatewayWhoseDatabaseIsLockedIsNotReadyAndGoesOnAfterwards() throws SQLException {
        try (TestGateway gateway = TestGateway.start(data)) {
            assertThat(ready(gateway)).isEqualTo(200);
            CompletableFuture<Gateway.NewInstance> created;
            try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("greenfinch.db"));
                    Statement statement = other.createStatement()) {
                statement.execute("BEGIN IMMEDIATE");
                created = CompletableFuture.supplyAsync(() -> gateway.gateway().createInstance("late"));
                await().atMost(Duration.ofSeconds(20)).until(() -> ready(gateway) == 503);
                assertThat(created).isNotDone();
                assertThat(gateway.get("/health/live").statusCode()).isEqualTo(200);
                statement.execute("ROLLBACK");
            }

            created.orTimeout(20, TimeUnit.SECONDS).join();
            await().atMost(Duration.ofSeconds(20)).until(() -> ready(gateway) == 200);
            assertThat(gateway.gateway().instances())
                    .extracting(Gateway.InstanceView::name)
                    .contains("late");
        }
    }

    /** It was up: only somebody with something to store would have noticed. */
    @Test
    void aLockIsNoticedAlthoughNobodyHasAnythingToStore() throws SQLException {
        try (TestGateway gateway = TestGateway.start(data);
                Connection other = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("greenfinch.db"));
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            await().atMost(Duration.ofSeconds(20)).until(() -> ready(gateway) == 503);
            statement.execute("ROLLBACK");
            await().atMost(Duration.ofSeconds(20)).until(() -> ready(gateway) == 200);
        }
    }

    @Test
    void whatNobodyKnowsIsNotDenied() {
        try (TestGateway gateway = TestGateway.start(data)) {
            Gateway.NewInstance instance = gateway.gateway().createInstance("slow");
            ScriptedSession session = gateway.of(instance);
            session.linked(Phase.ONLINE, Instant.now());
            session.leaving((groups, deadline) -> {
                throw new UnknownOutcomeException("nothing was heard from the store", new CompletableFuture<>());
            });
            HttpResponse<String> answer =
                    gateway.post(TestGateway.path(instance, "leaveGroup"), "{\"groupId\":\"1@g.us\"}");
            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(answer.body()).contains("It is not known yet whether this was stored");
        }
    }

    private static int ready(TestGateway gateway) {
        return gateway.get("/health/ready").statusCode();
    }
}
