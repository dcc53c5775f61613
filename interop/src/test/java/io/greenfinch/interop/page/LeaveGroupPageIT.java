package io.greenfinch.interop.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.interop.service.Sandbox;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each client of the documentation page leaves a group through a sandbox of the built app; what they ask and are answered is as the API's
 * description says.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LeaveGroupPageIT {
    private Sandbox sandbox;
    private ContractRelay relay;

    @BeforeAll
    void start(@TempDir Path data) {
        sandbox = Sandbox.start(data.resolve("sandbox"));
        relay = new ContractRelay(sandbox.gateway().method("leaveGroup"));
    }

    @AfterAll
    void stop() {
        relay.close();
        sandbox.close();
    }

    static Stream<Arguments> clientsAndSpellings() {
        return PageClient.available()
                .flatMap(client -> Stream.of("leaveGroup", "LeaveGroup").map(method -> Arguments.of(client, method)));
    }

    @ParameterizedTest
    @MethodSource("clientsAndSpellings")
    void leavesAGroupAndIsThenNoMember(PageClient client, String method) {
        String group = groupWithUs();
        URI url = relay.through(sandbox.gateway().method(method));

        assertThat(client.post(url, group)).isEqualTo(Answer.ok("{\"leaveGroup\":true}"));
        assertThat(client.post(url, group)).isEqualTo(Answer.ok("{\"leaveGroup\":false}"));
        assertThat(relay.allWell()).isEqualTo(2);
    }

    static Stream<Arguments> clientsAndIds() {
        List<String> ids = List.of(
                "11011234567@g.us",
                "112121212121212@g.us",
                "1111111111111111@g.us",
                "11111111111111111@g.us",
                "120123400367448864@g.us",
                "120363043968066561@g.us",
                "11011234567-1581234048@g.us",
                "112121212121212-1581234048@g.us",
                "120123400367448864-1581234048@g.us");
        return PageClient.available().flatMap(client -> ids.stream().map(id -> Arguments.of(client, id)));
    }

    @ParameterizedTest
    @MethodSource("clientsAndIds")
    void takesGroupIdsOfEveryShape(PageClient client, String id) {
        assertThat(client.post(relay.through(sandbox.gateway().method("leaveGroup")), id))
                .isEqualTo(Answer.ok("{\"leaveGroup\":false}"));
        assertThat(relay.allWell()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = PageClient.class,
            mode = EnumSource.Mode.EXCLUDE,
            // RestTemplate throws for anything but a success.
            names = "SPRING_REST_TEMPLATE")
    void refusesWhatIsNoGroup(PageClient client) {
        Answer answer = client.post(relay.through(sandbox.gateway().method("leaveGroup")), "11011234567@c.us");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("Validation failed").contains("groupId");
        assertThat(relay.allWell()).isEqualTo(1);
    }

    @Test
    void answersOneKeptConnectionOfXmlhttpAgainAndAgain() {
        String group = groupWithUs();
        URI url = sandbox.gateway().method("LeaveGroup");

        try (Xmlhttp http = new Xmlhttp(url)) {
            assertThat(http.post(url, "{\"groupId\":\"%s\"}".formatted(group)).answer())
                    .isEqualTo(Answer.ok("{\"leaveGroup\":true}"));
            Xmlhttp.Response again = http.post(url, "{\"groupId\":\"%s\"}".formatted(group));
            assertThat(again.answer()).isEqualTo(Answer.ok("{\"leaveGroup\":false}"));
            assertThat(again.header("Greenfinch-Reason")).hasValue("not-a-member");
        }
    }

    @Test
    void keepsXmlhttpFromAnsweringAGetFromItsCache() {
        URI state = sandbox.gateway().method("getStateInstance");

        try (Xmlhttp http = new Xmlhttp(state)) {
            Xmlhttp.Response response = http.get(state);
            assertThat(response.answer()).isEqualTo(Answer.ok("{\"stateInstance\":\"authorized\"}"));
            assertThat(response.header("Cache-Control")).hasValue("no-store");
        }
    }

    /** A new group of somebody else's in which our account is a plain member. */
    private String groupWithUs() {
        String ours = sandbox.gateway().get("getWaSettings").json().get("phone").asString();
        String creator = sandbox.people().stream()
                .map(Sandbox.Resident::phone)
                .filter(phone -> !phone.equals(ours))
                .findFirst()
                .orElseThrow();
        return sandbox.simulator().createGroup("Page", "lid", creator, ours);
    }
}
