package io.greenfinch.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.protocol.binary.AttributeValue;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Groups over the real socket, in both addressing modes. */
class GroupsIT {

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

    private static Node participant(Jid jid) {
        return Node.element("participant").attribute("jid", jid).build();
    }

    private Node create(TestSocket socket, String subject, Jid... people) {
        Node.Builder create =
                Node.element("create").attribute("subject", subject).attribute("key", "K1");
        for (Jid person : people) {
            create.child(participant(person));
        }
        return socket.request(Jid.GROUP_SERVER, "set", "w:g2", create.build());
    }

    private Jid pn(TestCompanion companion) {
        return companion.pn().account();
    }

    private Jid lid(TestCompanion companion) {
        return companion.lid().account();
    }

    @ParameterizedTest
    @ValueSource(strings = {"lid", "pn"})
    void createsAGroupWithNamesOfItsMode(String mode) {
        admin.done("/admin/settings", "{\"newGroupAddressing\":\"" + mode + "\"}");
        boolean byLid = mode.equals("lid");
        TestSocket annas = anna.logIn();
        TestSocket bobs = bob.logIn();
        Node answer = create(annas, "Holiday", byLid ? pn(bob) : lid(bob), Jid.pn("4999"));
        assertThat(answer.is("type", "result")).isTrue();
        Node group = answer.child("group").orElseThrow();
        assertThat(group.attributes().get("id")).isInstanceOf(AttributeValue.Text.class);
        assertThat(group.attribute("id").orElseThrow()).matches("120363[0-9]{12}");
        assertThat(group.is("addressing_mode", mode)).isTrue();
        assertThat(group.is("size", "2")).isTrue();
        assertThat(group.jid("creator")).contains(byLid ? lid(anna) : pn(anna));
        assertThat(group.has("creator_pn")).isEqualTo(byLid);
        List<Node> members = group.children("participant");
        assertThat(members).hasSize(3);
        assertThat(members.get(0).is("type", "superadmin")).isTrue();
        assertThat(members.get(1).jid("jid")).contains(byLid ? lid(bob) : pn(bob));
        assertThat(members.get(1).jid(byLid ? "phone_number" : "lid")).contains(byLid ? pn(bob) : lid(bob));
        assertThat(members.get(1).has("type")).isFalse();
        assertThat(members.get(2).is("error", "404")).isTrue();

        for (TestSocket socket : List.of(annas, bobs)) {
            Node notice = socket.notice("create");
            assertThat(notice.jid("from"))
                    .contains(Jid.group(group.attribute("id").orElseThrow()));
            assertThat(notice.attributes().get("participant")).isEqualTo(byLid ? lid(anna) : pn(anna));
            assertThat(notice.attributes().get(byLid ? "participant_pn" : "participant_lid"))
                    .isEqualTo(byLid ? pn(anna) : lid(anna));
            assertThat(notice.is("notify", "Anna")).isTrue();
            Node created = notice.child("create").orElseThrow();
            assertThat(created.is("type", "new") && created.is("key", "K1")).isTrue();
            assertThat(created.child("group").orElseThrow().children("participant"))
                    .hasSize(2);
        }
        assertThat(admin.seen("Bob")).containsExactly("Anna created group \"Holiday\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"lid", "pn"})
    void tellsAnAddedMemberOfAGroupAndTheOthersOfAMember(String mode) {
        Jid group = Jid.parse(admin.group("Team", "Anna", mode, "Carol")).orElseThrow();
        TestSocket annas = anna.logIn();
        TestSocket bobs = bob.logIn();
        Node answer = annas.request(
                group,
                "set",
                "w:g2",
                Node.element("add")
                        .child(participant(pn(bob)))
                        .child(participant(lid(anna)))
                        .build());
        List<Node> results = answer.child("add").orElseThrow().children("participant");
        assertThat(results.get(0).is("type", "200")).isTrue();
        assertThat(results.get(1).has("type")).isFalse();
        assertThat(results.get(0).has("error")).isFalse();
        assertThat(results.get(0).jid("jid")).contains(mode.equals("lid") ? lid(bob) : pn(bob));
        assertThat(results.get(1).is("error", "409")).isTrue();

        Node created = bobs.notice("create").child("create").orElseThrow();
        assertThat(created.has("type")).isFalse();
        assertThat(created.child("group").orElseThrow().children("participant")).hasSize(3);
        Node added = annas.notice("add").child("add").orElseThrow();
        assertThat(added.number("v_id").getAsLong())
                .isGreaterThan(added.number("prev_v_id").getAsLong());
        assertThat(added.children("participant")).hasSize(1);
        assertThat(admin.seen("Bob")).containsExactly("Anna added you to \"Team\"");
        assertThat(admin.seen("Carol")).last().isEqualTo("Anna added Bob to \"Team\"");
    }

    @Test
    void stepsTheVersionWithEachChangeOfMembers() {
        Jid group =
                Jid.parse(admin.group("Team", "Anna", "lid", "Bob", "Carol")).orElseThrow();
        TestSocket annas = anna.logIn();
        for (String action : List.of("promote", "demote", "remove")) {
            annas.request(
                    group,
                    "set",
                    "w:g2",
                    Node.element(action).child(participant(pn(bob))).build());
        }
        Node promote = annas.notice("promote").child("promote").orElseThrow();
        Node demote = annas.notice("demote").child("demote").orElseThrow();
        Node remove = annas.notice("remove").child("remove").orElseThrow();
        assertThat(demote.attribute("prev_v_id")).isEqualTo(promote.attribute("v_id"));
        assertThat(remove.attribute("prev_v_id")).isEqualTo(demote.attribute("v_id"));
        Node metadata = annas.request(group, "get", "w:g2", Node.empty("query"));
        assertThat(metadata.child("group").orElseThrow().attribute("p_v_id")).isEqualTo(remove.attribute("v_id"));
    }

    @Test
    void listsTheGroupsOfAnAccountOnly() {
        admin.group("Mine", "Anna", "lid", "Bob");
        admin.group("Theirs", "Carol", "lid");
        Node answer = bob.logIn()
                .request(
                        Jid.GROUP_SERVER,
                        "get",
                        "w:g2",
                        Node.element("participating")
                                .child(Node.empty("participants"))
                                .build());
        List<Node> groups = answer.child("groups").orElseThrow().children("group");
        assertThat(groups).hasSize(1);
        assertThat(groups.getFirst().is("subject", "Mine")).isTrue();
        assertThat(groups.getFirst().children("participant")).hasSize(2);
    }

    @Test
    void refusesMetadataToStrangersAndOfGroupsThatNeverWere() {
        Jid group = Jid.parse(admin.group("Theirs", "Carol", "lid")).orElseThrow();
        TestSocket annas = anna.logIn();
        assertThat(error(annas.request(group, "get", "w:g2", Node.empty("query"))))
                .isEqualTo("403 forbidden");
        assertThat(error(annas.request(Jid.group("123-456"), "get", "w:g2", Node.empty("query"))))
                .isEqualTo("404 item-not-found");
    }

    @Test
    void changesSubjectDescriptionAndSettings() {
        Jid group = Jid.parse(admin.group("Team", "Anna", "lid", "Bob")).orElseThrow();
        TestSocket annas = anna.logIn();
        TestSocket bobs = bob.logIn();
        assertThat(annas.request(group, "set", "w:g2", Node.text("subject", "Crew"))
                        .is("type", "result"))
                .isTrue();
        Node subject = bobs.notice("subject").child("subject").orElseThrow();
        assertThat(subject.is("subject", "Crew")).isTrue();
        assertThat(subject.jid("s_o")).contains(lid(anna));
        Node described = annas.request(
                group,
                "set",
                "w:g2",
                Node.element("description")
                        .attribute("id", "D1")
                        .child(Node.text("body", "About us"))
                        .build());
        assertThat(described.is("type", "result")).isTrue();
        Node description = bobs.notice("description").child("description").orElseThrow();
        assertThat(description.child("body").orElseThrow().contentText()).isEqualTo("About us");
        assertThat(annas.request(group, "set", "w:g2", Node.empty("locked")).is("type", "result"))
                .isTrue();
        bobs.notice("locked");
        assertThat(error(bobs.request(group, "set", "w:g2", Node.text("subject", "Mine"))))
                .isEqualTo("401 not-authorized");
        assertThat(error(annas.request(group, "set", "w:g2", Node.empty("locked"))))
                .isEqualTo("409 conflict");
        assertThat(error(annas.request(group, "set", "w:g2", Node.empty("membership_approval_mode"))))
                .isEqualTo("400 bad-request");
        assertThat(error(annas.request(group, "set", "w:g2", Node.empty("delete_parent"))))
                .isEqualTo("501 feature-not-implemented");
        assertThat(admin.seen("Bob"))
                .containsExactly(
                        "Anna created group \"Team\"",
                        "Anna changed the subject from \"Team\" to \"Crew\"",
                        "Anna changed the description of \"Crew\"",
                        "Anna allowed only admins to edit the info of \"Crew\"");
    }

    @Test
    void letsPeopleJoinByLink() {
        Jid group = Jid.parse(admin.group("Team", "Anna", "lid", "Carol")).orElseThrow();
        TestSocket annas = anna.logIn();
        TestSocket bobs = bob.logIn();
        assertThat(error(bobs.request(group, "get", "w:g2", Node.empty("invite"))))
                .isEqualTo("403 forbidden");
        Node link = annas.request(group, "get", "w:g2", Node.empty("invite"))
                .child("invite")
                .orElseThrow();
        Node info = bobs.request(Jid.GROUP_SERVER, "get", "w:g2", link)
                .child("group")
                .orElseThrow();
        assertThat(info.is("subject", "Team") && info.is("size", "2")).isTrue();
        assertThat(info.children("participant")).isEmpty();
        Node joined = bobs.request(Jid.GROUP_SERVER, "set", "w:g2", link)
                .child("group")
                .orElseThrow();
        assertThat(joined.attributes().get("jid")).isEqualTo(group);
        assertThat(bobs.notice("create").child("create").orElseThrow().is("reason", "invite"))
                .isTrue();
        Node added = annas.notice("add");
        assertThat(added.child("add").orElseThrow().is("reason", "invite")).isTrue();
        assertThat(added.jid("participant")).contains(lid(bob));
        Node renewed = annas.request(group, "set", "w:g2", Node.empty("invite"))
                .child("invite")
                .orElseThrow();
        assertThat(renewed).isNotEqualTo(link);
        assertThat(annas.notice("invite").child("invite")).contains(renewed);
        assertThat(error(bobs.request(Jid.GROUP_SERVER, "set", "w:g2", link))).isEqualTo("410 gone");
        assertThat(error(bobs.request(Jid.GROUP_SERVER, "set", "w:g2", renewed)))
                .isEqualTo("304 not-modified");
    }

    @Test
    void letsThePhoneChangeAGroupWithTheSameRules() {
        String group = admin.group("Team", "Anna", "lid", "Bob", "Carol");
        TestSocket annas = anna.logIn();
        assertThat(admin.act(group, "Carol", "remove", ",\"targets\":[\"Bob\"]").status())
                .isEqualTo(409);
        assertThat(admin.act(group, "Anna", "promote", ",\"targets\":[\"Carol\"]")
                        .status())
                .isEqualTo(200);
        annas.notice("promote");
        assertThat(admin.act(group, "Carol", "remove", ",\"targets\":[\"Bob\"]").status())
                .isEqualTo(200);
        Node removed = annas.notice("remove");
        assertThat(removed.is("notify", "Carol")).isTrue();
        assertThat(removed.child("remove")
                        .orElseThrow()
                        .children("participant")
                        .getFirst()
                        .jid("phone_number"))
                .contains(pn(bob));
    }

    static String error(Node answer) {
        Node error = answer.child("error").orElseThrow();
        return error.attribute("code").orElse("") + " "
                + error.attribute("text").orElse("");
    }
}
