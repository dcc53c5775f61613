package io.greenfinch.simulator;

import static io.greenfinch.simulator.GroupsIT.error;
import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Join requests and invitation messages over the real socket. */
class MembershipRequestsIT {

    private final Simulator simulator = Simulator.start(SimulatorSettings.defaults());
    private final TestAdmin admin = new TestAdmin(simulator.adminUrl());
    private TestCompanion anna = new TestCompanion(simulator);
    private TestCompanion bob = new TestCompanion(simulator);

    @BeforeEach
    void pair() {
        anna = anna.pair(admin, "Anna");
        bob = bob.pair(admin, "Bob");
        admin.person("Carol");
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    private Jid group(String mode) {
        return Jid.parse(admin.group("Team", "Anna", mode, "Carol")).orElseThrow();
    }

    private static Node approval(String state) {
        return Node.element("membership_approval_mode")
                .child(Node.element("group_join").attribute("state", state))
                .build();
    }

    private Node naming(String tag, Jid person) {
        return Node.element(tag)
                .child(Node.element("participant").attribute("jid", person))
                .build();
    }

    private Node decision(String tag, Jid person) {
        return Node.element("membership_requests_action")
                .child(naming(tag, person))
                .build();
    }

    private Node invite(TestSocket annas, Jid group) {
        return annas.request(group, "get", "w:g2", Node.empty("invite"))
                .child("invite")
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"lid", "pn"})
    void letsAdminsDecideWhoComesIn(String mode) {
        boolean byLid = mode.equals("lid");
        Jid bobsName = byLid ? bob.lid().account() : bob.pn().account();
        Jid bobsAlias = byLid ? bob.pn().account() : bob.lid().account();
        Jid group = group(mode);
        TestSocket annas = anna.logIn();
        TestSocket bobs = bob.logIn();
        assertThat(annas.request(group, "set", "w:g2", approval("on")).is("type", "result"))
                .isTrue();
        assertThat(annas.notice("membership_approval_mode").child("membership_approval_mode"))
                .contains(approval("on"));
        assertThat(annas.request(group, "get", "w:g2", Node.empty("query"))
                        .child("group")
                        .orElseThrow()
                        .child("membership_approval_mode"))
                .contains(approval("on"));

        Node link = invite(annas, group);
        Node waits = bobs.request(Jid.GROUP_SERVER, "set", "w:g2", link);
        assertThat(waits.child("group")).isEmpty();
        assertThat(waits.child("membership_approval_request").orElseThrow().jid("jid"))
                .contains(group);
        assertThat(error(bobs.request(Jid.GROUP_SERVER, "set", "w:g2", link))).isEqualTo("409 conflict");
        Node asked = annas.notice("created_membership_requests");
        assertThat(asked.jid("participant")).contains(bobsName);
        Node created = asked.child("created_membership_requests").orElseThrow();
        assertThat(created.is("request_method", "invite_link")).isTrue();
        assertThat(created.child("requested_user").orElseThrow().jid("jid")).contains(bobsName);

        Node list = annas.request(group, "get", "w:g2", Node.empty("membership_approval_requests"));
        Node request = list.child("membership_approval_requests")
                .orElseThrow()
                .child("membership_approval_request")
                .orElseThrow();
        assertThat(request.jid("jid")).contains(bobsName);
        assertThat(request.jid(byLid ? "phone_number" : "lid")).contains(bobsAlias);
        assertThat(request.number("request_time")).isPresent();
        assertThat(request.is("request_method", "invite_link")).isTrue();

        Node approved = annas.request(group, "set", "w:g2", decision("approve", bobsAlias))
                .child("membership_requests_action")
                .orElseThrow()
                .child("approve")
                .orElseThrow();
        assertThat(approved.children("participant")).singleElement().satisfies(result -> {
            assertThat(result.jid("jid")).contains(bobsName);
            assertThat(result.has("error")).isFalse();
        });
        assertThat(annas.notice("add").child("add").orElseThrow().has("reason")).isFalse();
        assertThat(bobs.notice("create").child("create").orElseThrow().has("reason"))
                .isFalse();
        assertThat(annas.request(group, "set", "w:g2", approval("off")).is("type", "result"))
                .isTrue();
        assertThat(annas.request(group, "get", "w:g2", Node.empty("query"))
                        .child("group")
                        .orElseThrow()
                        .child("membership_approval_mode"))
                .isEmpty();
    }

    @Test
    void tellsAdminsWhoWasTurnedAwayAndWhoThoughtBetterOfIt() {
        Jid group = group("lid");
        TestSocket annas = anna.logIn();
        TestSocket bobs = bob.logIn();
        Jid bobsLid = bob.lid().account();
        annas.request(group, "set", "w:g2", approval("on"));
        Node link = invite(annas, group);
        bobs.request(Jid.GROUP_SERVER, "set", "w:g2", link);
        Node cancelled = bobs.request(group, "set", "w:g2", naming("cancel_membership_requests", bobsLid));
        assertThat(cancelled.child("cancel_membership_requests").orElseThrow().children("participant"))
                .singleElement()
                .satisfies(result -> assertThat(result.has("error")).isFalse());
        Node first = annas.notice("revoked_membership_requests");
        assertThat(first.jid("participant")).contains(bobsLid);

        bobs.request(Jid.GROUP_SERVER, "set", "w:g2", link);
        Node rejected = annas.request(group, "set", "w:g2", decision("reject", bobsLid));
        assertThat(rejected.child("membership_requests_action").orElseThrow().child("reject"))
                .isPresent();
        annas.await(node -> node.child("revoked_membership_requests").isPresent()
                && node.jid("participant").equals(Optional.of(anna.lid().account())));
        assertThat(error(bobs.request(group, "get", "w:g2", Node.empty("membership_approval_requests"))))
                .isEqualTo("403 forbidden");
        assertThat(error(bobs.request(group, "set", "w:g2", decision("approve", bobsLid))))
                .isEqualTo("403 forbidden");
        assertThat(error(annas.request(group, "set", "w:g2", Node.empty("membership_requests_action"))))
                .isEqualTo("400 bad-request");
        assertThat(error(annas.request(group, "set", "w:g2", decision("postpone", bobsLid))))
                .isEqualTo("400 bad-request");
        assertThat(error(
                        annas.request(Jid.group("123-456"), "get", "w:g2", Node.empty("membership_approval_requests"))))
                .isEqualTo("404 item-not-found");
    }

    @Test
    void letsThePhoneAskAndDecide() {
        String group = group("lid").toString();
        admin.act(group, "Anna", "approval", ",\"on\":true");
        assertThat(admin.act(group, "Bob", "join", "").json().path("pending").asBoolean())
                .isTrue();
        assertThat(admin.get("/admin/groups/" + group)
                        .json()
                        .at("/requests/0/name")
                        .asString())
                .isEqualTo("Bob");
        assertThat(admin.act(group, "Bob", "cancel", "").status()).isEqualTo(200);
        admin.act(group, "Bob", "join", "");
        assertThat(admin.act(group, "Carol", "approve", ",\"targets\":[\"Bob\"]")
                        .text())
                .contains("401");
        assertThat(admin.act(group, "Anna", "reject", ",\"targets\":[\"Bob\"]").status())
                .isEqualTo(200);
        admin.act(group, "Bob", "join", "");
        assertThat(admin.act(group, "Anna", "approve", ",\"targets\":[\"Bob\"]").status())
                .isEqualTo(200);
        assertThat(admin.seen("Bob")).containsExactly("Anna added you to \"Team\"");
    }

    @Test
    void letsPeopleInWithAnInvitationMessage() {
        Jid group = group("lid");
        admin.done("/admin/people/Bob/privacy", "{\"groupadd\":\"none\"}");
        TestSocket annas = anna.logIn();
        TestSocket bobs = bob.logIn();
        Node refused = annas.request(
                        group, "set", "w:g2", naming("add", bob.pn().account()))
                .child("add")
                .orElseThrow()
                .child("participant")
                .orElseThrow();
        assertThat(refused.is("error", "403")).isTrue();
        Node invitation = refused.child("add_request").orElseThrow();
        Node.Builder shown = Node.element("add_request")
                .attribute("code", invitation.attribute("code").orElseThrow())
                .attribute("expiration", invitation.attribute("expiration").orElseThrow())
                .attribute("admin", anna.pn().account());
        Node info = bobs.request(
                group, "get", "w:g2", Node.element("query").child(shown).build());
        assertThat(info.child("group").orElseThrow().is("subject", "Team")).isTrue();

        Node accept = Node.element("accept")
                .attribute("code", invitation.attribute("code").orElseThrow())
                .attribute("expiration", invitation.attribute("expiration").orElseThrow())
                .attribute("admin", anna.pn().account())
                .build();
        Node accepted = bobs.request(group, "set", "w:g2", accept);
        assertThat(accepted.is("type", "result")).isTrue();
        assertThat(accepted.jid("from")).contains(group);
        bobs.notice("create");
        assertThat(error(bobs.request(group, "set", "w:g2", accept))).isEqualTo("406 not-acceptable");
        Node revoked =
                annas.request(group, "set", "w:g2", naming("revoke", bob.pn().account()));
        assertThat(revoked.child("revoke")
                        .orElseThrow()
                        .child("participant")
                        .orElseThrow()
                        .is("error", "404"))
                .isTrue();
    }

    /** Whatever a client sends here is answered, by a result or a refusal that means something. */
    @Test
    void answersNonsenseWithARefusal() {
        Jid group = group("lid");
        TestSocket annas = anna.logIn();
        Random random = new Random(20261126);
        List<String> tags = List.of(
                "membership_approval_requests",
                "membership_requests_action",
                "cancel_membership_requests",
                "membership_approval_mode",
                "member_link_mode",
                "invite",
                "accept",
                "revoke",
                "query");
        for (int i = 0; i < 2_000; i++) {
            Node child = nonsense(random, tags.get(random.nextInt(tags.size())), 3);
            Jid to =
                    List.of(group, Jid.GROUP_SERVER, Jid.SERVER, Jid.group("1")).get(random.nextInt(4));
            Node answer = annas.request(to, random.nextBoolean() ? "get" : "set", "w:g2", child);
            if (answer.is("type", "error")) {
                assertThat(answer.child("error").orElseThrow().number("code").orElse(500))
                        .as("%s to %s", child, to)
                        .isIn(304L, 400L, 401L, 403L, 404L, 405L, 406L, 409L, 410L, 501L);
            }
        }
    }

    private Node nonsense(Random random, String tag, int depth) {
        Node.Builder node = Node.element(tag);
        for (String name : List.of("jid", "code", "admin", "state", "expiration")) {
            switch (random.nextInt(6)) {
                case 0 -> node.attribute(name, bob.lid().account());
                case 1 -> node.attribute(name, "\u0000nonsense@");
                case 2 -> node.attribute(name, Jid.group("1"));
                default -> {}
            }
        }
        if (depth == 0) {
            return node.build();
        }
        if (random.nextInt(5) == 0) {
            return Node.text(tag, "all_member_link".substring(0, random.nextInt(16)));
        }
        List<String> inner = List.of("participant", "approve", "reject", "group_join", "add_request", "other");
        for (int i = random.nextInt(3); i > 0; i--) {
            node.child(nonsense(random, inner.get(random.nextInt(inner.size())), depth - 1));
        }
        return node.build();
    }
}
