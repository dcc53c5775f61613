package io.greenfinch.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Leaving groups over the real socket (specification §17). */
class LeaveIqIT {

    private static final Duration A_MOMENT = Duration.ofMillis(300);

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

    static Node leave(TestSocket socket, String... groups) {
        return socket.request(Jid.GROUP_SERVER, "set", "w:g2", leave(groups));
    }

    static Node leave(String... groups) {
        Node.Builder leave = Node.element("leave");
        for (String group : groups) {
            leave.child(Node.element("group").attribute("id", Jid.parse(group).orElseThrow()));
        }
        return leave.build();
    }

    /** The outcome for each group of the answer: its error, or 200. */
    static List<String> outcomes(Node answer) {
        return answer.child("leave").orElseThrow().children("group").stream()
                .map(group -> group.attribute("error").orElse("200"))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"lid", "pn"})
    void tellsEverybodyIncludingTheLeaverAfterTheResult(String mode) {
        boolean byLid = mode.equals("lid");
        TestCompanion second = new TestCompanion(simulator).pair(admin, "Anna");
        String group = admin.group("Team", "Bob", mode, "Anna", "Carol");
        TestSocket first = anna.logIn();
        TestSocket other = second.logIn();
        TestSocket bobs = bob.logIn();
        Node answer = leave(first, group);
        assertThat(answer.is("type", "result")).isTrue();
        assertThat(answer.jid("from")).contains(Jid.GROUP_SERVER);
        assertThat(outcomes(answer)).containsExactly("200");
        assertThat(answer.child("leave")
                        .orElseThrow()
                        .children("group")
                        .getFirst()
                        .attributes()
                        .get("id"))
                .isEqualTo(Jid.parse(group).orElseThrow());
        for (TestSocket socket : List.of(first, other, bobs)) {
            Node notice = socket.notice("remove");
            Jid name = byLid ? anna.lid().account() : anna.pn().account();
            assertThat(notice.attributes().get("participant")).isEqualTo(name);
            assertThat(notice.is("addressing_mode", mode)).isTrue();
            List<Node> gone = notice.child("remove").orElseThrow().children("participant");
            assertThat(gone).hasSize(1);
            assertThat(gone.getFirst().attributes().get("jid")).isEqualTo(name);
            assertThat(gone.getFirst().attributes().get(byLid ? "phone_number" : "lid"))
                    .isEqualTo(byLid ? anna.pn().account() : anna.lid().account());
        }
        assertThat(admin.seen("Carol")).last().isEqualTo("Anna left \"Team\"");
        assertThat(admin.seen("Anna")).last().isEqualTo("You left \"Team\"");
        assertThat(GroupsIT.error(first.request(Jid.parse(group).orElseThrow(), "get", "w:g2", Node.empty("query"))))
                .isEqualTo("403 forbidden");
    }

    @Test
    void hasAResultForEachGroup() {
        String mine = admin.group("Mine", "Anna", "lid", "Bob");
        String theirs = admin.group("Theirs", "Carol", "lid");
        TestSocket socket = anna.logIn();
        assertThat(outcomes(leave(socket, mine, theirs, "120363999999999999@g.us", mine)))
                .containsExactly("200", "403", "404", "403");
        assertThat(outcomes(leave(socket, mine))).containsExactly("403");
    }

    @Test
    void refusesMalformedRequestsAsAWhole() {
        String mine = admin.group("Mine", "Anna", "lid", "Bob");
        TestSocket socket = anna.logIn();
        Node empty = socket.request(Jid.GROUP_SERVER, "set", "w:g2", Node.empty("leave"));
        assertThat(GroupsIT.error(empty)).isEqualTo("400 bad-request");
        Node toGroup = socket.request(Jid.parse(mine).orElseThrow(), "set", "w:g2", leave(mine));
        assertThat(GroupsIT.error(toGroup)).isEqualTo("400 bad-request");
        Node noGroup = socket.request(
                Jid.GROUP_SERVER,
                "set",
                "w:g2",
                Node.element("leave")
                        .child(Node.element("group").attribute("id", anna.pn()))
                        .build());
        assertThat(GroupsIT.error(noGroup)).isEqualTo("400 bad-request");
        assertThat(outcomes(leave(socket, mine))).containsExactly("200");
    }

    @Test
    void makesTheLongestStandingMemberAdminWhenTheLastOneLeaves() {
        String group = admin.group("Team", "Anna", "lid", "Bob", "Carol");
        TestSocket annas = anna.logIn();
        TestSocket bobs = bob.logIn();
        leave(annas, group);
        bobs.notice("remove");
        Node promotion = bobs.notice("promote");
        assertThat(promotion.attributes().get("participant"))
                .isEqualTo(anna.lid().account());
        Node promoted =
                promotion.child("promote").orElseThrow().children("participant").getFirst();
        assertThat(promoted.is("type", "admin")).isTrue();
        assertThat(promoted.jid("jid")).contains(bob.lid().account());
        assertThat(admin.seen("Bob")).last().isEqualTo("You are now an admin of \"Team\"");
        assertThat(admin.seen("Carol")).last().isEqualTo("Bob is now an admin of \"Team\"");
        annas.notice("remove");
        assertThat(annas.poll(node -> node.child("promote").isPresent(), A_MOMENT))
                .isEmpty();
    }

    @Test
    void stillDeliversWhatWasQueuedBeforeTheLeave() {
        String group = admin.group("Team", "Bob", "lid", "Anna");
        admin.act(group, "Bob", "subject", ",\"text\":\"Crew\"");
        admin.act(group, "Anna", "leave", "");
        admin.act(group, "Bob", "subject", ",\"text\":\"Without Anna\"");
        TestSocket socket = anna.logIn();
        List<String> kinds = socket.all().stream()
                .filter(node -> node.tag().equals("notification"))
                .map(node -> node.children().getFirst().tag())
                .toList();
        assertThat(kinds).containsExactly("create", "subject", "remove");
    }

    @Test
    void leavesCommunitiesAsAWholeOnly() {
        var community = admin.done(
                "/admin/groups",
                "{\"subject\":\"Town\",\"creator\":\"Bob\",\"members\":[\"Anna\"],\"community\":true}");
        String parent = community.path("id").asString();
        String announcements = community.path("announcements").asString();
        String inside = admin.done(
                        "/admin/groups",
                        "{\"subject\":\"Choir\",\"creator\":\"Bob\",\"members\":[\"Anna\"],\"inside\":\"%s\"}"
                                .formatted(parent))
                .path("id")
                .asString();
        TestSocket annas = anna.logIn();
        TestSocket bobs = bob.logIn();
        assertThat(outcomes(leave(annas, parent, announcements))).containsExactly("405", "405");
        assertThat(community(bobs, parent)).isEqualTo("405");
        assertThat(community(annas, inside)).isEqualTo("404");
        assertThat(community(annas, parent)).isEqualTo("200");
        assertThat(community(annas, parent)).isEqualTo("403");
        assertThat(outcomes(leave(annas, inside, announcements))).containsExactly("403", "403");
        Node mixed = annas.request(
                Jid.GROUP_SERVER,
                "set",
                "w:g2",
                leave(inside).toBuilder().child(linked(parent)).build());
        assertThat(GroupsIT.error(mixed)).isEqualTo("400 bad-request");
    }

    private static Node.Builder linked(String parent) {
        return Node.element("linked_groups")
                .attribute("parent_group_jid", Jid.parse(parent).orElseThrow());
    }

    private static String community(TestSocket socket, String parent) {
        Node answer = socket.request(
                Jid.GROUP_SERVER,
                "set",
                "w:g2",
                Node.element("leave").child(linked(parent)).build());
        Node result = answer.child("leave").orElseThrow().child("linked_groups").orElseThrow();
        assertThat(result.jid("parent_group_jid")).isEqualTo(Jid.parse(parent));
        return result.attribute("error").orElse("200");
    }
}
