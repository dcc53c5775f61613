package io.greenfinch.interop.scenario;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.greenfinch.interop.peer.PeerEvent.Kind;
import io.greenfinch.interop.peer.PeerGroup;
import io.greenfinch.interop.peer.PeerKind;
import io.greenfinch.interop.service.Gateway.Answer;
import io.greenfinch.interop.service.Person;
import io.greenfinch.interop.service.Sandbox;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Our gateway's account in groups of Baileys and whatsmeow: each sees what the other does. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@NeedsPeers
class GatewayAmongPeersIT {
    private static final String SCENARIOS = "io.greenfinch.interop.scenario.Casting#clientsAndModes";

    private Sandbox sandbox;
    private Cast cast;
    private Person us;

    @BeforeAll
    void link(@TempDir Path data) {
        sandbox = Sandbox.start(data.resolve("sandbox"));
        cast = Cast.link(sandbox.simulator());
        us = sandbox.simulator().person(phoneOfInstance());
    }

    @AfterAll
    void stop() {
        cast.close();
        sandbox.close();
    }

    @ParameterizedTest
    @MethodSource(SCENARIOS)
    void peersSeeOurLeaveAsOurs(PeerKind kind, String mode) {
        Actor creator = cast.first(kind);
        String group = createWithUs(mode, creator, cast.without(creator)).id();

        assertThat(leave(group)).isEqualTo(Answer.ok("{\"leaveGroup\":true}"));

        for (Actor actor : cast.actors()) {
            actor.awaitChange(group, Kind.LEAVE, us, us);
            assertThat(actor.peer().group(group).roleOf(us)).isEmpty();
        }
        assertThat(leave(group)).isEqualTo(Answer.ok("{\"leaveGroup\":false}", "not-a-member"));
        cast.awaitQuiet();
        for (Actor actor : cast.actors()) {
            assertThat(actor.changesSeen(group)).containsExactly(Kind.LEAVE);
        }
    }

    @ParameterizedTest
    @MethodSource(SCENARIOS)
    void peersSeeWhoSucceedsUsAsTheLastAdmin(PeerKind kind, String mode) {
        Actor creator = cast.first(kind);
        List<Actor> heirs = cast.without(creator);
        String group = createWithUs(mode, creator, heirs).id();
        assertThat(creator.peer().change(group, Kind.PROMOTE, us.jidIn(mode))).containsValue(200);
        creator.peer().leave(group);
        heirs.getFirst().awaitChange(group, Kind.LEAVE, creator.person(), creator.person());

        assertThat(leave(group)).isEqualTo(Answer.ok("{\"removeAdmin\":true}"));

        for (Actor heir : heirs) {
            heir.awaitChange(group, Kind.LEAVE, us, us);
            heir.awaitChange(group, Kind.PROMOTE, us, heirs.getFirst().person());
            assertThat(heir.peer().group(group).roleOf(heirs.getFirst().person()))
                    .hasValue("admin");
        }
    }

    @ParameterizedTest
    @MethodSource(SCENARIOS)
    void peersLearnOfOurGroupAndInheritIt(PeerKind kind, String mode) {
        sandbox.simulator().newGroupsAre(mode);
        Actor heir = cast.first(kind);
        List<Actor> others = cast.without(heir);
        List<String> chatIds = Stream.concat(Stream.of(heir), others.stream())
                .map(actor -> actor.person().phone() + "@c.us")
                .toList();
        Answer created = sandbox.gateway().post("createGroup", Map.of("groupName", "Ours", "chatIds", chatIds));
        String group = created.json().get("chatId").asString();
        for (Actor actor : cast.actors()) {
            PeerGroup joined = actor.awaitJoined(group);
            assertThat(joined.subject()).isEqualTo("Ours");
            assertThat(joined.mode()).isEqualTo(mode);
            assertThat(joined.roleOf(us)).hasValue("superadmin");
        }

        assertThat(leave(group)).isEqualTo(Answer.ok("{\"removeAdmin\":true}"));

        for (Actor actor : cast.actors()) {
            actor.awaitChange(group, Kind.LEAVE, us, us);
            actor.awaitChange(group, Kind.PROMOTE, us, heir.person());
        }
    }

    @ParameterizedTest
    @MethodSource(SCENARIOS)
    void weAreNoMemberOnceAPeerRemovedUs(PeerKind kind, String mode) {
        Actor creator = cast.first(kind);
        String group = createWithUs(mode, creator, cast.without(creator)).id();
        assertThat(groupData(group).json().get("size").asInt()).isEqualTo(5);

        assertThat(creator.peer().change(group, Kind.REMOVE, us.jidIn(mode))).containsValue(200);

        assertThat(leave(group)).isEqualTo(Answer.ok("{\"leaveGroup\":false}", "not-a-member"));
        assertThat(groupData(group)).isEqualTo(Answer.ok("\"Error: forbidden\""));
    }

    @ParameterizedTest
    @MethodSource(SCENARIOS)
    void weSeeAPeerLeaveAndAnotherRise(PeerKind kind, String mode) {
        Actor creator = cast.first(kind);
        List<Actor> others = cast.without(creator);
        String group = createWithUs(mode, creator, others).id();
        assertThat(rolesOf(groupData(group))).containsEntry(creator.person().phone(), "superadmin");

        creator.peer().leave(group);

        await().atMost(20, SECONDS)
                .untilAsserted(() -> assertThat(rolesOf(groupData(group)))
                        .doesNotContainKey(creator.person().phone())
                        .containsEntry(others.getFirst().person().phone(), "admin")
                        .containsEntry(us.phone(), "member")
                        .hasSize(4));
    }

    @ParameterizedTest
    @MethodSource(SCENARIOS)
    void weAnswerAsTheAdminThatAPeerMadeUs(PeerKind kind, String mode) {
        Actor creator = cast.first(kind);
        String group = createWithUs(mode, creator, cast.without(creator)).id();

        assertThat(creator.peer().change(group, Kind.PROMOTE, us.jidIn(mode))).containsValue(200);
        creator.awaitChange(group, Kind.PROMOTE, creator.person(), us);
        await().atMost(20, SECONDS)
                .untilAsserted(() -> assertThat(rolesOf(groupData(group))).containsEntry(us.phone(), "admin"));

        assertThat(leave(group)).isEqualTo(Answer.ok("{\"removeAdmin\":true}"));
    }

    private String phoneOfInstance() {
        return sandbox.gateway().get("getWaSettings").json().get("phone").asString();
    }

    private PeerGroup createWithUs(String mode, Actor creator, List<Actor> others) {
        sandbox.simulator().newGroupsAre(mode);
        String[] people = Stream.concat(
                        others.stream().map(actor -> actor.person().pn()), Stream.of(us.pn()))
                .toArray(String[]::new);
        return creator.peer().createGroup("Picnic", people);
    }

    private Answer leave(String group) {
        return sandbox.gateway().post("leaveGroup", Map.of("groupId", group));
    }

    private Answer groupData(String group) {
        return sandbox.gateway().post("getGroupData", Map.of("groupId", group));
    }

    /** Phone number and role of each participant that getGroupData lists. */
    private static Map<String, String> rolesOf(Answer groupData) {
        Map<String, String> roles = new java.util.HashMap<>();
        groupData.json().get("participants").valueStream().forEach(each -> {
            String role = each.get("isSuperAdmin").asBoolean()
                    ? "superadmin"
                    : each.get("isAdmin").asBoolean() ? "admin" : "member";
            roles.put(each.get("id").asString().replace("@c.us", ""), role);
        });
        return roles;
    }
}
