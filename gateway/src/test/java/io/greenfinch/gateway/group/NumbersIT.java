package io.greenfinch.gateway.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.gateway.Gateway;
import io.greenfinch.gateway.SimulatedWorld;
import io.greenfinch.gateway.TestGateway;
import io.greenfinch.gateway.picture.TestPictures;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** People whose numbers can be written in several ways, of which WhatsApp takes one. */
class NumbersIT {

    private static final String ALIAS = "5521987654321@c.us";

    private final SimulatedWorld world = new SimulatedWorld();
    private TestGateway gateway;
    private Gateway.NewInstance anna;

    @BeforeEach
    void start(@TempDir Path data) {
        world.person("Anna", "15550001001");
        world.person("Bob", "15550001002");
        world.person("Rio", "552187654321", "5521987654321");
        gateway = TestGateway.start(data, world, Duration.ofSeconds(4));
        anna = gateway.link(world, "Anna");
    }

    @AfterEach
    void stop() {
        gateway.close();
        world.close();
    }

    @Test
    void everyMethodTakesANumberInEitherForm() {
        int before = world.requests("usync");
        HttpResponse<String> made = post(
                "createGroup",
                "{\"groupName\":\"Team\",\"chatIds\":[\"" + ALIAS + "\",\"552187654321@c.us\",\"15550001002@c.us\"]}");
        assertThat(made.headers().firstValue("Greenfinch-Reason")).isEmpty();
        String group = new JsonMapper().readTree(made.body()).path("chatId").stringValue();
        assertThat(world.members(group)).containsExactlyInAnyOrder("Anna", "Bob", "Rio");

        assertThat(change("setGroupAdmin", group)).isEqualTo("{\"setGroupAdmin\":true}");
        assertThat(world.rank(group, "Rio")).isEqualTo("admin");
        assertThat(change("removeAdmin", group)).isEqualTo("{\"removeAdmin\":true}");
        assertThat(change("removeGroupParticipant", group)).isEqualTo("{\"removeParticipant\":true}");
        assertThat(change("addGroupParticipant", group)).isEqualTo("{\"addParticipant\":true}");
        assertThat(world.members(group)).contains("Rio");
        world.setPicture("people/Rio", "Rio", TestPictures.jpeg(64, 64, 0x2040C0));
        assertThat(post("getAvatar", "{\"chatId\":\"" + ALIAS + "\"}").body()).contains("\"available\":true");

        assertThat(world.requests("usync")).as("asked once").isEqualTo(before + 1);
    }

    @Test
    void otherNumbersCostNoQuestion() {
        String group = world.group("Team", "Anna", "", "");
        int before = world.requests("usync");
        post("addGroupParticipant", "{\"groupId\":\"" + group + "\",\"participantChatId\":\"15550001002@c.us\"}");

        assertThat(world.members(group)).contains("Bob");
        assertThat(world.requests("usync")).isEqualTo(before);
    }

    @Test
    void nothingIsDoneWhileTheNumberIsNotKnown() {
        String group = world.group("Team", "Anna", "", "");
        world.fault("{\"kind\":\"error\",\"code\":503,\"child\":\"usync\",\"times\":0}");
        HttpResponse<String> answer =
                post("addGroupParticipant", "{\"groupId\":\"" + group + "\",\"participantChatId\":\"" + ALIAS + "\"}");

        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.headers().firstValue("Greenfinch-Reason")).hasValue("not-sent");
        assertThat(world.requests("add")).isZero();
    }

    private String change(String method, String group) {
        return post(method, "{\"groupId\":\"" + group + "\",\"participantChatId\":\"" + ALIAS + "\"}")
                .body();
    }

    private HttpResponse<String> post(String method, String body) {
        return gateway.post(TestGateway.path(anna, method), body);
    }
}
