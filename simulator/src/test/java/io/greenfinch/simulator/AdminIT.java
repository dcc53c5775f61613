package io.greenfinch.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.protocol.binary.Jid;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The admin interface: what it does, and how it refuses what it can't do. */
class AdminIT {

    private final Simulator simulator = Simulator.start(SimulatorSettings.defaults());
    private final TestAdmin admin = new TestAdmin(simulator.adminUrl());

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void tellsItsRootKey() {
        TestAdmin.Answer answer = admin.get("/root");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo(simulator.rootKeyHex()).matches("[0-9a-f]{64}");
        assertThat(admin.get("/health").json().path("status").asString()).isEqualTo("up");
    }

    @Test
    void createsPeopleOneByOneOrManyAtOnce() {
        JsonNode anna = admin.done("/admin/people", "{\"name\":\"Anna\",\"phone\":\"+49301234567\"}");
        assertThat(anna.path("phone").asString()).isEqualTo("49301234567");
        assertThat(anna.path("lid").asString()).matches("[1-9][0-9]{14}@lid");
        assertThat(admin.done("/admin/people", "[{\"name\":\"Bob\"},{\"name\":\"Carol\"}]")
                        .size())
                .isEqualTo(2);
        assertThat(admin.done("/admin/people", "{\"count\":500}").size()).isEqualTo(500);
        assertThat(admin.get("/admin/people").json().size()).isEqualTo(503);
        assertThat(admin.post("/admin/people", "{\"name\":\"Anna\"}").status()).isEqualTo(409);
        assertThat(admin.post("/admin/people", "{\"phone\":\"49301234567\"}").status())
                .isEqualTo(409);
    }

    @Test
    void createsGroupsWithMembersAndAdmins() {
        admin.done("/admin/people", "[{\"name\":\"Anna\"},{\"name\":\"Bob\"},{\"name\":\"Carol\"}]");
        JsonNode group = admin.done("/admin/groups", """
            {"subject":"Team","creator":"Anna","members":["Bob"],"admins":["Carol"],"addressing":"pn","locked":true}\
            """);
        JsonNode same =
                admin.get("/admin/groups/" + group.path("id").asString()).json();
        assertThat(same).isEqualTo(group);
        assertThat(group.path("locked").asBoolean()).isTrue();
        List<String> ranks = group.path("members").values().stream()
                .map(member -> member.path("name").asString() + " "
                        + member.path("rank").asString())
                .toList();
        assertThat(ranks).containsExactly("Anna superadmin", "Carol admin", "Bob member");
        assertThat(admin.get("/admin/groups").json().size()).isEqualTo(1);
    }

    @Test
    void aPhoneKnowsPeopleWhoAreOnNoService() {
        admin.person("Anna");
        assertThat(admin.post("/admin/people/Anna/app-state", """
            [{"contact":"15560000001@s.whatsapp.net","fullName":"Zoe Zed"},{"archive":"15560000001@s.whatsapp.net"}]\
            """).status()).isEqualTo(204);
        List<String> known = admin.get("/admin/people/Anna/app-state").json().values().stream()
                .flatMap(collection -> collection.path("entries").values().stream())
                .map(entry -> entry.path("index").toString())
                .toList();
        assertThat(known)
                .containsExactlyInAnyOrder(
                        "[\"contact\",\"15560000001@s.whatsapp.net\"]", "[\"archive\",\"15560000001@s.whatsapp.net\"]");
        assertThat(admin.post("/admin/people/Anna/app-state", "{\"archive\":\"Zoe\"}")
                        .status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST|/admin/people|{\"name\":1}|400|must be a string",
                "POST|/admin/people|{\"nick\":\"A\"}|400|not known",
                "POST|/admin/people|{\"phone\":\"12\"}|400|7 to 15 digits",
                "POST|/admin/people|{|400|malformed JSON",
                "POST|/admin/people|7|400|object expected",
                "POST|/admin/groups|{\"creator\":\"A\"}|400|\"subject\" is missing",
                "POST|/admin/groups|{\"subject\":\"S\",\"creator\":\"Nobody\"}|400|nobody called Nobody",
                "POST|/admin/groups|{\"subject\":\"S\",\"creator\":\"N\",\"members\":\"B\"}|400|array of strings",
                "GET|/admin/groups/1@g.us||404|no group",
                "POST|/admin/groups/1/actions|{\"action\":\"leave\",\"person\":\"N\"}|404|no group",
                "GET|/admin/people/Nobody/seen||404|nobody called",
                "POST|/admin/people/1/messages|{}|400|either",
                "POST|/admin/people/1/messages|{\"to\":\"Bob\"}|400|\"text\" is missing",
                "POST|/admin/people/1/messages|{\"to\":\"Bob\",\"text\":\"\"}|400|1 to 65536",
                "POST|/admin/people/1/messages|{\"to\":\"B\",\"text\":\"x\",\"read\":\"1\"}|400|either",
                "POST|/admin/people/1/messages|{\"to\":\"B\",\"text\":\"x\",\"addressing\":\"y\"}|400|pn or lid",
                "POST|/admin/people/1/messages|{\"read\":\"1\"}|404|nobody called 1",
                "POST|/admin/mock-phone/enter-code|{\"person\":\"Anna\"}|400|code",
                "POST|/admin/faults|{}|400|\"kind\" is missing",
                "POST|/admin/faults|{\"kind\":\"flood\"}|400|must be error",
                "POST|/admin/faults|{\"kind\":\"error\"}|400|\"code\" is missing",
                "POST|/admin/faults|{\"kind\":\"error\",\"code\":\"429\"}|400|whole number",
                "POST|/admin/faults|{\"kind\":\"delay\",\"millis\":5,\"now\":true}|400|\"now\" goes with",
                "POST|/admin/settings|{\"newGroupAddressing\":\"x\"}|400|pn or lid",
                "DELETE|/admin/faults/x||400|no number",
                "DELETE|/admin/faults/99||404|no fault",
                "DELETE|/admin/devices/15550001001:1@s.whatsapp.net||404|no companion",
                "DELETE|/admin/devices/x||400|no address",
                "GET|/admin/iqs?limit=many||400|whole number",
                "PUT|/admin/people||405|only GET, POST",
                "GET|/somewhere||404|nothing at",
            })
    void refusesWhatItCannotUnderstand(String method, String path, String body, int status, String text) {
        TestAdmin.Answer answer = admin.send(method, path, body == null ? "" : body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.error()).contains(text);
    }

    @Test
    void refusesBodiesThatAreTooLarge() {
        TestAdmin.Answer answer = admin.post("/admin/people", "[" + "{},".repeat(600_000) + "{}]");
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.error()).isNotEmpty();
    }

    @Test
    void answersToThisMachineOnly() {
        assertThat(admin.send("GET", "/admin/people", "", "Origin", "https://example.com")
                        .status())
                .isEqualTo(403);
        assertThat(admin.send("GET", "/admin/people", "", "Origin", "http://localhost:3000")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void timesRequests() {
        admin.person("Bob");
        TestCompanion anna = new TestCompanion(simulator).pair(admin, "Anna");
        String group = admin.group("Team", "Bob", "lid", "Anna");
        TestSocket socket = anna.logIn();
        String id = LeaveIqIT.leave(socket, group).attribute("id").orElseThrow();
        LeaveIqIT.leave(socket, group);
        JsonNode all = admin.get("/admin/iqs?xmlns=w:g2&child=leave").json();
        assertThat(all.size()).isEqualTo(2);
        JsonNode one = admin.get("/admin/iqs?id=" + id).json().get(0);
        assertThat(one.path("device").asString()).isEqualTo(anna.pn().toString());
        assertThat(one.path("outcome").asString()).isEqualTo("result");
        assertThat(one.path("answeredNanos").asLong())
                .isGreaterThan(one.path("receivedNanos").asLong());
        assertThat(admin.get("/admin/stanzas?contains=leave").json().toString()).contains("received", "sent", group);
    }

    @Test
    void refusesUnknownRequestsOnlyWhenStrict() {
        TestSocket socket = new TestCompanion(simulator).pair(admin, "Anna").logIn();
        assertThat(socket.request(Jid.SERVER, "get", "w:unknown").is("type", "result"))
                .isTrue();
        admin.done("/admin/settings", "{\"strict\":true}");
        assertThat(GroupsIT.error(socket.request(Jid.SERVER, "get", "w:unknown")))
                .isEqualTo("501 feature-not-implemented");
    }

    @Test
    void refusesAdditionsThatPrivacySettingsForbid() {
        admin.done("/admin/people", "[{\"name\":\"Anna\"},{\"name\":\"Bob\"},{\"name\":\"Carol\"}]");
        String group = admin.group("Team", "Anna", "lid");
        admin.done("/admin/people/Bob/privacy", "{\"groupadd\":\"none\"}");
        admin.done("/admin/people/Carol/privacy", "{\"block\":[\"Anna\"]}");
        JsonNode results = admin.act(group, "Anna", "add", ",\"targets\":[\"Bob\",\"Carol\"]")
                .json()
                .path("results");
        assertThat(results.get(0).path("error").asInt()).isEqualTo(403);
        assertThat(results.get(1).path("error").asInt()).isEqualTo(401);
    }
}
