package io.greenfinch.gateway.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.gateway.Gateway;
import io.greenfinch.gateway.SimulatedWorld;
import io.greenfinch.gateway.TestGateway;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Callers who give up before their leave is answered, and repeat it at once (design §5). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LeaveGroupRepeatedIT {

    private static final int ROUNDS = 200;
    private static final int AT_A_TIME = 10;

    private SimulatedWorld world;
    private TestGateway gateway;
    private Gateway.NewInstance anna;

    @BeforeAll
    void start(@TempDir Path data) {
        world = new SimulatedWorld();
        world.person("Anna");
        world.person("Bob");
        gateway = TestGateway.start(data, world, Duration.ofSeconds(25));
        anna = gateway.link(world, "Anna");
        world.fault("{\"kind\":\"delay\",\"millis\":400,\"processed\":true,\"times\":0,\"child\":\"leave\"}");
        // Else the echo, and not the answer, would end the call.
        world.fault("{\"kind\":\"delay\",\"millis\":400,\"times\":0,\"stanza\":\"notification\",\"child\":\"remove\"}");
    }

    @AfterAll
    void stop() {
        gateway.close();
        world.close();
    }

    @Test
    void aRepeatOfACallerWhoGaveUpHearsOfTheLeave() {
        for (HttpResponse<String> answer : rounds("leaveGroup", "{\"groupId\":\"%s\"}")) {
            assertThat(answer.body()).isEqualTo("{\"leaveGroup\":true}");
            assertThat(answer.headers().firstValue("Greenfinch-Reason")).hasValue("left-earlier");
        }
    }

    @Test
    void soDoesARepeatAboutManyGroups() {
        assertThat(rounds("leaveGroups", "{\"groupIds\":[\"%s\"]}"))
                .allSatisfy(answer -> assertThat(answer.body()).contains("\"leaveGroup\":true}"));
    }

    private List<HttpResponse<String>> rounds(String method, String body) {
        List<String> groups = Stream.generate(() -> world.group("Team", "Bob", "Anna", ""))
                .limit(ROUNDS)
                .toList();
        // When this is answered, all news of having been taken in have been dealt with.
        String last = "{\"groupId\":\"" + groups.getLast() + "\"}";
        assertThat(gateway.post(TestGateway.path(anna, "getGroupData"), last).body())
                .contains(groups.getLast());
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        try (ExecutorService callers = Executors.newFixedThreadPool(AT_A_TIME)) {
            for (String group : groups) {
                answers.add(CompletableFuture.supplyAsync(() -> round(method, String.format(body, group)), callers));
            }
        }
        return answers.stream().map(CompletableFuture::join).toList();
    }

    private HttpResponse<String> round(String method, String body) {
        String path = TestGateway.path(anna, method);
        try (Socket caller = new Socket(
                InetAddress.getLoopbackAddress(), gateway.gateway().apiUrl().getPort())) {
            String request =
                    "POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
            caller.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            caller.setSoTimeout(150);
            assertThat(caller.getInputStream().read())
                    .as("nothing comes so early")
                    .isEqualTo(-2);
        } catch (SocketTimeoutException e) {
            // This caller has waited long enough.
        } catch (IOException e) {
            throw new IllegalStateException("no connection", e);
        }
        return gateway.post(path, body);
    }
}
