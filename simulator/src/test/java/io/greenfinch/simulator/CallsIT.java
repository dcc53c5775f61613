package io.greenfinch.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What companions are told of calls between phones, and what they may answer (specification §25). */
class CallsIT {

    private final Simulator simulator = Simulator.start(SimulatorSettings.defaults());
    private final TestAdmin admin = new TestAdmin(simulator.adminUrl());
    private final TestCompanion anna = new TestCompanion(simulator).pair(admin, "Anna");

    CallsIT() {
        admin.person("Bob");
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    private Jid name(String person, String name) {
        return Jid.parse(admin.get("/admin/people/" + person).json().path(name).asString())
                .orElseThrow();
    }

    private String calls(String caller, String body) {
        return admin.done("/admin/people/" + caller + "/calls", body).path("id").asString();
    }

    private TestAdmin.Answer does(String person, String call, String action) {
        return admin.post("/admin/people/" + person + "/calls/" + call, "{\"action\":\"" + action + "\"}");
    }

    private static Node next(TestSocket socket, String tag) {
        return socket.await(node -> node.tag().equals("call") && node.child(tag).isPresent());
    }

    private static Node said(Node call) {
        return call.children().getFirst();
    }

    private int waiting(String person) {
        return admin.get("/admin/people/" + person)
                .json()
                .at("/devices/0/unacknowledged")
                .asInt();
    }

    @Test
    void anOfferComesToCompanionsUntilTheyHaveAcknowledgedIt() {
        TestSocket first = anna.logIn();
        String id = calls("Bob", "{\"to\":\"Anna\",\"video\":true}");
        Node offer = next(first, "offer");
        assertThat(offer.jid("from")).contains(name("Bob", "lid"));
        assertThat(said(offer).is("call-id", id)).isTrue();
        assertThat(said(offer).jid("call-creator")).contains(name("Bob", "lid"));
        assertThat(said(offer).jid("caller_pn")).contains(name("Bob", "jid"));
        assertThat(said(offer).child("video")).isPresent();

        first.abort();
        TestSocket second = anna.logIn();
        Node again = next(second, "offer");
        assertThat(again.attribute("id")).isEqualTo(offer.attribute("id"));
        assertThat(again.has("offline")).isTrue();
        second.acknowledge(again);
        await().atMost(TestSocket.PATIENCE).until(() -> waiting("Anna") == 0);
    }

    @Test
    void whatHappensWhileACompanionIsAwayIsToldInOrder() {
        String id = calls("Bob", "{\"to\":\"Anna\",\"addressing\":\"pn\"}");
        assertThat(does("Bob", id, "ring-out").status()).isEqualTo(204);
        TestSocket socket = anna.tryLogIn();
        Node preview = socket.await(node -> node.child("offline_preview").isPresent())
                .child("offline_preview")
                .orElseThrow();
        assertThat(preview.is("call", "2") && preview.is("count", "2")).isTrue();
        Node offer = socket.await(node -> node.tag().equals("call"));
        assertThat(offer.jid("from")).contains(name("Bob", "jid"));
        assertThat(said(offer).tag()).isEqualTo("offer");
        assertThat(said(offer).jid("caller_lid")).contains(name("Bob", "lid"));
        Node end = said(socket.await(node -> node.tag().equals("call")));
        assertThat(end.tag()).isEqualTo("terminate");
        assertThat(end.is("reason", "timeout") && end.is("call-id", id)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"accept, accepted_elsewhere", "reject, rejected_elsewhere"})
    void whatThePhoneDecidesIsToldToItsCompanionsAndToTheCallers(String action, String reason) {
        TestCompanion bobs = new TestCompanion(simulator).pair(admin, "Bob");
        TestSocket caller = bobs.logIn();
        TestSocket socket = anna.logIn();
        String id = calls("Bob", "{\"to\":\"Anna\"}");
        Node copy = next(caller, "offer");
        assertThat(copy.jid("from")).contains(name("Bob", "lid"));
        assertThat(copy.jid("recipient")).contains(name("Anna", "lid"));
        next(socket, "offer");

        assertThat(does("Anna", id, action).status()).isEqualTo(204);
        assertThat(next(socket, action).jid("from")).contains(name("Anna", "lid"));
        Node over = next(socket, "terminate");
        assertThat(over.jid("from")).contains(name("Bob", "lid"));
        assertThat(said(over).is("reason", reason)).isTrue();
        assertThat(next(caller, action).jid("from")).contains(name("Anna", "lid"));

        boolean talks = action.equals("accept");
        assertThat(does("Anna", id, "hang-up").status()).isEqualTo(talks ? 204 : 404);
        if (talks) {
            assertThat(said(next(caller, "terminate")).has("reason")).isFalse();
        }
    }

    @Test
    void aCompanionRejectsACall() {
        TestSocket caller = new TestCompanion(simulator).pair(admin, "Bob").logIn();
        TestSocket socket = anna.logIn();
        String id = calls("Bob", "{\"to\":\"Anna\"}");
        Node offer = next(socket, "offer");
        socket.send(Node.element("call")
                .attribute("to", offer.jid("from").orElseThrow())
                .attribute("id", "R1")
                .child(Node.element("reject")
                        .attribute("call-id", id)
                        .attribute("call-creator", offer.jid("from").orElseThrow())
                        .attribute("count", "0"))
                .build());
        Node ack = socket.await(node -> node.tag().equals("ack") && node.is("id", "R1"));
        assertThat(ack.is("class", "call") && ack.is("type", "reject")).isTrue();
        assertThat(next(caller, "reject").jid("from")).contains(anna.lid());
        assertThat(does("Anna", id, "accept").status()).isEqualTo(404);
    }

    @Test
    void aCallOfAGroupRingsForItsMembers() {
        admin.person("Carol");
        String group = admin.group("Team", "Bob", "lid", "Anna", "Carol");
        TestSocket socket = anna.logIn();
        String id = calls("Bob", "{\"to\":\"" + group + "\",\"video\":true}");
        Node offer = said(next(socket, "offer_notice"));
        assertThat(offer.is("media", "video") && offer.is("type", "group")).isTrue();
        assertThat(offer.jid("group-jid")).map(Jid::user).hasValue(group.replace("@g.us", ""));

        assertThat(does("Carol", id, "accept").status()).isEqualTo(204);
        assertThat(does("Bob", id, "ring-out").error()).contains("taken");
        assertThat(does("Bob", id, "hang-up").status()).isEqualTo(204);
        assertThat(said(next(socket, "terminate")).is("call-id", id)).isTrue();
        assertThat(socket.all()).noneMatch(node -> node.child("accept").isPresent());
    }

    @Test
    void whatCanNotBeIsRefused() {
        String path = "/admin/people/Bob/calls";
        assertThat(admin.post(path, "{\"to\":\"Nobody\"}").status()).isEqualTo(400);
        assertThat(admin.post(path, "{\"to\":\"Bob\"}").status()).isEqualTo(409);
        assertThat(admin.post(path, "{}").error()).contains("to");
        String id = calls("Bob", "{\"to\":\"Anna\"}");
        List<String> wrong = List.of("Bob accept 409", "Anna hang-up 409", "Anna ring-out 409", "Anna sing 400");
        for (String each : wrong) {
            String[] words = each.split(" ");
            assertThat(does(words[0], id, words[1]).status()).as(each).isEqualTo(Integer.parseInt(words[2]));
        }
        admin.person("Carol");
        assertThat(does("Carol", id, "accept").status()).isEqualTo(404);
        admin.done("/admin/people/Anna/offline", "{\"offline\":true}");
        assertThat(does("Anna", id, "accept").error()).contains("offline");
        admin.done("/admin/people/Anna/privacy", "{\"block\":[\"Bob\"]}");
        String unheard = calls("Bob", "{\"to\":\"Anna\"}");
        assertThat(does("Anna", unheard, "accept").status()).isEqualTo(409);
        assertThat(does("Bob", unheard, "hang-up").status()).isEqualTo(204);
        assertThat(anna.logIn().all())
                .filteredOn(node -> node.tag().equals("call"))
                .as("of the first call alone")
                .hasSize(1);
    }
}
