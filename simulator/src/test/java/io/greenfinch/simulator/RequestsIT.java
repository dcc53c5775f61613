package io.greenfinch.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Device lists and what else clients ask for after a login (specification §10.2, §13, §25). */
class RequestsIT {

    private final Simulator simulator = Simulator.start(SimulatorSettings.defaults());
    private final TestAdmin admin = new TestAdmin(simulator.adminUrl());
    private final TestCompanion anna = new TestCompanion(simulator).pair(admin, "Anna");
    private final TestSocket socket = anna.logIn();

    @AfterEach
    void stop() {
        simulator.close();
    }

    private Node usync(Node query, Node user) {
        Node answer = socket.request(
                Jid.SERVER,
                "get",
                "usync",
                Node.element("usync")
                        .attribute("sid", "s1")
                        .attribute("mode", "query")
                        .child(Node.element("query").child(query).child(Node.empty("lid")))
                        .child(Node.element("list").child(user))
                        .build());
        Node usync = answer.child("usync").orElseThrow();
        assertThat(usync.is("sid", "s1")).isTrue();
        return usync.child("list").orElseThrow().child("user").orElseThrow();
    }

    @Test
    void listsDevicesByEitherAlias() {
        for (Jid asked : List.of(anna.pn().account(), anna.lid().account())) {
            Node user = usync(
                    Node.element("devices").attribute("version", 2).build(),
                    Node.element("user").attribute("jid", asked).build());
            assertThat(user.attributes().get("jid")).isEqualTo(asked);
            assertThat(user.child("lid").orElseThrow().attributes().get("val"))
                    .isEqualTo(anna.lid().account());
            List<Node> devices = user.child("devices")
                    .orElseThrow()
                    .child("device-list")
                    .orElseThrow()
                    .children("device");
            assertThat(devices).hasSize(2);
            assertThat(devices.get(0).is("id", "0")).isTrue();
            assertThat(devices.get(0).has("key-index")).isFalse();
            assertThat(devices.get(1).is("id", "1") && devices.get(1).is("key-index", "1"))
                    .isTrue();
        }
    }

    @Test
    void saysWhetherANumberIsOnWhatsApp() {
        String number = anna.pn().user();
        Node known = usync(Node.empty("contact"), contact("+" + number));
        assertThat(known.jid("jid")).contains(anna.pn().account());
        assertThat(known.child("contact").orElseThrow().is("type", "in")).isTrue();
        assertThat(known.child("contact").orElseThrow().contentText()).isEqualTo("+" + number);
        Node old = usync(Node.empty("contact"), contact(number + "@c.us"));
        assertThat(old.jid("jid")).contains(anna.lid().account());
        assertThat(old.jid("pn_jid")).contains(anna.pn().account());
        assertThat(usync(Node.empty("contact"), contact("+49999999999"))
                        .child("contact")
                        .orElseThrow()
                        .is("type", "out"))
                .isTrue();
        assertThat(usync(Node.empty("contact"), contact("my aunt"))
                        .child("contact")
                        .orElseThrow()
                        .is("type", "invalid"))
                .isTrue();
    }

    @Test
    void aNumberWrittenInAnotherWayIsAnsweredWithTheOneThatCounts() {
        admin.done("/admin/people", "{\"name\":\"Rio\",\"phone\":\"552187654321\",\"aliases\":[\"5521987654321\"]}");

        Node user = usync(Node.empty("contact"), contact("+5521987654321"));
        assertThat(user.jid("jid")).contains(Jid.pn("552187654321"));
        assertThat(user.child("contact").orElseThrow().is("type", "in")).isTrue();
        Node asAddress =
                Node.element("user").attribute("jid", Jid.pn("5521987654321")).build();
        assertThat(usync(Node.empty("devices"), asAddress).child("devices")).isEmpty();
        assertThat(admin.post("/admin/people", "{\"phone\":\"5521987654321\"}").status())
                .isEqualTo(409);
    }

    private static Node contact(String text) {
        return Node.element("user").child(Node.text("contact", text)).build();
    }

    @Test
    void tellsOthersOfNewAndRemovedDevices() {
        TestCompanion bob = new TestCompanion(simulator).pair(admin, "Bob");
        admin.group("Team", "Bob", "lid", "Anna");
        TestSocket bobs = bob.logIn();
        TestCompanion second = new TestCompanion(simulator).pair(admin, "Anna");
        Node own = socket.await(node -> node.is("type", "account_sync"));
        assertThat(own.child("devices").orElseThrow().children("device")).hasSize(3);
        Node added = bobs.await(node -> node.is("type", "devices"));
        assertThat(added.jid("lid")).contains(anna.lid().account());
        assertThat(added.child("add")
                        .orElseThrow()
                        .child("device")
                        .orElseThrow()
                        .jid("jid"))
                .contains(second.pn());
        admin.delete("/admin/devices/" + second.lid());
        Node removed = bobs.await(node -> node.is("type", "devices"));
        assertThat(removed.child("remove")
                        .orElseThrow()
                        .child("device")
                        .orElseThrow()
                        .jid("lid"))
                .contains(second.lid());
    }

    @Test
    void answersWhatClientsAskForAfterALogin() {
        assertThat(socket.request(Jid.SERVER, "set", "passive", Node.empty("active"))
                        .is("type", "result"))
                .isTrue();
        assertThat(socket.request(
                                Jid.SERVER,
                                "get",
                                "abt",
                                Node.element("props").attribute("protocol", 1).build())
                        .child("props"))
                .isPresent();
        assertThat(socket.request(Jid.SERVER, "get", "blocklist").child("list")).isPresent();
        assertThat(socket.request(Jid.SERVER, "get", "privacy", Node.empty("privacy"))
                        .child("privacy")
                        .orElseThrow()
                        .children("category"))
                .isNotEmpty();
        Node media = socket.request(Jid.SERVER, "set", "w:m", Node.empty("media_conn"))
                .child("media_conn")
                .orElseThrow();
        assertThat(media.child("host").orElseThrow().has("hostname")).isTrue();
        Node collection = socket.request(
                        Jid.SERVER,
                        "set",
                        "w:sync:app:state",
                        Node.element("sync")
                                .child(Node.element("collection").attribute("name", "regular"))
                                .build())
                .child("sync")
                .orElseThrow()
                .child("collection")
                .orElseThrow();
        assertThat(collection.is("name", "regular") && collection.is("version", "0"))
                .isTrue();
        Node picture = socket.request(Jid.SERVER, "get", "w:profile:picture", Node.empty("picture"));
        assertThat(GroupsIT.error(picture)).isEqualTo("404 item-not-found");
    }

    @Test
    void answersQueriesInGraphQl() {
        Node answer = socket.request(Jid.SERVER, "get", "w:mex", Node.empty("query"));

        assertThat(answer.child("result").orElseThrow().contentText()).isEqualTo("{\"data\":{}}");
    }

    @Test
    void givesPrivacyTokensToThoseWhoAreTrusted() {
        TestCompanion bob = new TestCompanion(simulator).pair(admin, "Bob");
        TestSocket bobs = bob.logIn();
        assertThat(tokens(bob.lid().account()).is("type", "result")).isTrue();

        Node notification = bobs.await(node -> node.is("type", "privacy_token"));
        assertThat(notification.jid("from")).contains(anna.pn().account());
        assertThat(notification.jid("sender_lid")).contains(anna.lid().account());
        Node token = notification.child("tokens").orElseThrow().child("token").orElseThrow();
        assertThat(token.is("type", "trusted_contact") && token.has("t")).isTrue();
        assertThat(token.content()).isNotEmpty();
        assertThat(GroupsIT.error(tokens(Jid.pn("4999")))).isEqualTo("404 item-not-found");
    }

    private Node tokens(Jid trusted) {
        return socket.request(
                Jid.SERVER,
                "set",
                "privacy",
                Node.element("tokens")
                        .child(Node.element("token")
                                .attribute("jid", trusted)
                                .attribute("t", 1)
                                .attribute("type", "trusted_contact"))
                        .build());
    }

    /** An empty result would say that others see it now. */
    @Test
    void confirmsNoChangeThatHasNoEffect() {
        for (String xmlns : List.of("status", "disappearing_mode", "privacy", "blocklist")) {
            Node answer = socket.request(Jid.SERVER, "set", xmlns, Node.text("something", "Hello"));
            assertThat(GroupsIT.error(answer)).as(xmlns).isEqualTo("501 feature-not-implemented");
        }
    }

    @Test
    void tellsOfSeveralGroupsAtOnce() {
        admin.person("Bob");
        admin.person("Carol");
        Jid mine = Jid.parse(admin.group("Mine", "Anna", "lid", "Bob")).orElseThrow();
        Jid other = Jid.parse(admin.group("Other", "Bob", "lid", "Carol")).orElseThrow();
        Node answer = socket.request(
                Jid.GROUP_SERVER,
                "get",
                "w:g2",
                Node.element("query")
                        .child(Node.element("group").attribute("jid", mine))
                        .child(Node.element("group").attribute("jid", other))
                        .child(Node.element("group").attribute("jid", Jid.group("1")))
                        .build());

        List<Node> groups = answer.child("groups").orElseThrow().children("group");
        assertThat(groups).hasSize(3);
        assertThat(groups.get(0).is("subject", "Mine")).isTrue();
        assertThat(groups.get(0).children("participant")).hasSize(2);
        assertThat(groups.get(1).is("error", "403") && groups.get(1).is("id", other.user()))
                .isTrue();
        assertThat(groups.get(2).is("error", "404")).isTrue();
    }

    @Test
    void refusesAMessageWithNothingInIt() {
        socket.send(Node.element("message")
                .attribute("to", anna.pn().account())
                .attribute("id", "3EB0")
                .attribute("type", "text")
                .build());
        Node ack = socket.await(node -> node.tag().equals("ack"));
        assertThat(ack.is("class", "message") && ack.is("error", "400") && ack.has("t"))
                .isTrue();
        assertThat(ack.jid("from")).contains(anna.pn().account());
    }

    @Test
    void blocksAndTellsTheAccountsOtherCompanions() {
        admin.person("Bob");
        Jid bob = Jid.parse(admin.get("/admin/people/Bob").json().path("lid").asString())
                .orElseThrow();
        TestSocket second = new TestCompanion(simulator).pair(admin, "Anna").logIn();
        Node list = socket.request(
                        Jid.SERVER,
                        "set",
                        "blocklist",
                        Node.element("item")
                                .attribute("action", "block")
                                .attribute("jid", bob)
                                .build())
                .child("list")
                .orElseThrow();
        assertThat(list.child("item").orElseThrow().jid("jid")).contains(bob);
        second.await(node -> node.child("blocklist").isPresent());
    }
}
