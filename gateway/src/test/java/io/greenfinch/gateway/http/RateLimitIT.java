package io.greenfinch.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.client.SessionStatus.Phase;
import io.greenfinch.client.SteppedClock;
import io.greenfinch.client.group.Departed;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.gateway.Gateway;
import io.greenfinch.gateway.TestGateway;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The documented rates, with a clock that stands still between calls. */
class RateLimitIT {

    private final SteppedClock clock = SteppedClock.atSomeTime();

    @TempDir
    private Path data;

    private TestGateway gateway;
    private Gateway.NewInstance instance;

    @BeforeEach
    void start() {
        gateway = TestGateway.start(data, clock, true);
        instance = gateway.gateway().createInstance("test");
        gateway.of(instance).linked(Phase.ONLINE, clock.instant());
        gateway.of(instance)
                .leaving((groups, deadline) -> groups.stream()
                        .<Outcome<Departed>>map(group -> new Outcome.Done<>(new Departed(false, false)))
                        .toList());
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void theEleventhLeaveInASecondIsTooMany() {
        for (int i = 0; i < 10; i++) {
            assertThat(leave(instance).statusCode()).isEqualTo(200);
        }
        HttpResponse<String> eleventh = leave(instance);

        assertThat(eleventh.statusCode()).isEqualTo(429);
        assertThat(eleventh.headers().firstValue("Greenfinch-Reason")).hasValue("rate-limit");
        assertThat(eleventh.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(eleventh.body()).contains("\"message\":\"Too Many Requests\"");
        clock.advance(Duration.ofSeconds(1));
        assertThat(leave(instance).statusCode()).isEqualTo(200);
    }

    @Test
    void otherInstancesAreNotConcerned() {
        Gateway.NewInstance other = gateway.gateway().createInstance("other");
        gateway.of(other).linked(Phase.ONLINE, clock.instant());
        gateway.of(other).leaving((groups, deadline) -> List.of(new Outcome.Done<>(new Departed(false, false))));
        for (int i = 0; i < 11; i++) {
            leave(instance);
        }
        assertThat(leave(other).statusCode()).isEqualTo(200);
    }

    @Test
    void malformedCallsCountAndStrangersDoNot() {
        String path = TestGateway.path(instance, "leaveGroup");
        for (int i = 0; i < 10; i++) {
            assertThat(gateway.post(path, "{").statusCode()).isEqualTo(400);
        }
        assertThat(gateway.post(path, "{").statusCode()).isEqualTo(429);
        String stranger = "/waInstance" + instance.id() + "/getStateInstance/wrong";
        for (int i = 0; i < 5; i++) {
            assertThat(gateway.get(stranger).statusCode()).isEqualTo(401);
        }
        assertThat(gateway.get(TestGateway.path(instance, "getStateInstance")).statusCode())
                .isEqualTo(200);
    }

    @Test
    void someMethodsAreOnceASecond() {
        for (String method : new String[] {"getStateInstance", "getSettings", "getWaSettings", "getStatusInstance"}) {
            String path = TestGateway.path(instance, method);
            assertThat(gateway.get(path).statusCode()).as(method).isEqualTo(200);
            assertThat(gateway.get(path).statusCode()).as(method).isEqualTo(429);
        }
        String many = TestGateway.path(instance, "leaveGroups");
        assertThat(gateway.post(many, "{\"groupIds\":[\"7@g.us\"]}").statusCode())
                .isEqualTo(200);
        assertThat(gateway.post(many, "{\"groupIds\":[\"7@g.us\"]}").statusCode())
                .isEqualTo(429);
    }

    private HttpResponse<String> leave(Gateway.NewInstance who) {
        return gateway.post(TestGateway.path(who, "leaveGroup"), "{\"groupId\":\"7@g.us\"}");
    }
}
