package io.greenfinch.interop.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.greenfinch.interop.peer.PeerEvent.Changed;
import io.greenfinch.interop.peer.PeerEvent.Joined;
import io.greenfinch.interop.peer.PeerEvent.Kind;
import io.greenfinch.interop.peer.PeerGroup;
import io.greenfinch.interop.peer.PeerKind;
import io.greenfinch.interop.peer.PeerRefusedException;
import io.greenfinch.interop.service.SimulatorAdmin;
import io.greenfinch.simulator.Simulator;
import io.greenfinch.simulator.SimulatorSettings;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Baileys and whatsmeow among themselves on the simulator, without our engine. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@NeedsPeers
class PeersIT {
    private static final String SCENARIOS = "io.greenfinch.interop.scenario.Casting#clientsAndModes";

    private Simulator simulator;
    private SimulatorAdmin admin;
    private Cast cast;

    @BeforeAll
    void link() {
        simulator = Simulator.start(SimulatorSettings.defaults());
        admin = new SimulatorAdmin(simulator.adminUrl());
        cast = Cast.link(admin);
    }

    @AfterAll
    void stop() {
        cast.close();
        simulator.close();
    }

    @ParameterizedTest
    @MethodSource(SCENARIOS)
    void createsAGroupThatEachMemberLearnsOf(PeerKind kind, String mode) {
        Actor creator = cast.first(kind);

        PeerGroup created = create(mode, creator, cast.without(creator));

        Consumer<PeerGroup> isRight = group -> {
            assertThat(group.subject()).isEqualTo(created.subject());
            assertThat(group.mode()).isEqualTo(mode);
            assertThat(group.members()).hasSize(4);
            assertThat(group.members())
                    .allMatch(member -> member.jid().endsWith(mode.equals("lid") ? "@lid" : "@s.whatsapp.net"));
            assertThat(group.members()).allMatch(member -> member.alias().isPresent());
            assertThat(group.roleOf(creator.person())).hasValue("superadmin");
            for (Actor member : cast.without(creator)) {
                assertThat(group.roleOf(member.person())).hasValue("member");
            }
        };
        assertThat(created).satisfies(isRight);
        for (Actor actor : cast.actors()) {
            assertThat(actor.awaitJoined(created.id())).satisfies(isRight);
            assertThat(actor.peer().group(created.id())).satisfies(isRight);
            assertThat(actor.peer().groups())
                    .filteredOn(group -> group.id().equals(created.id()))
                    .singleElement()
                    .satisfies(isRight);
        }
    }

    @ParameterizedTest
    @MethodSource(SCENARIOS)
    void addsAMemberWhoGetsTheWholeGroup(PeerKind kind, String mode) {
        Actor creator = cast.first(kind);
        Actor member = cast.without(creator).get(0);
        Actor added = cast.without(creator).get(1);
        String group = create(mode, creator, List.of(member)).id();

        assertThat(creator.peer().change(group, Kind.ADD, added.person().pn())).containsValue(200);

        creator.awaitChange(group, Kind.ADD, creator.person(), added.person());
        member.awaitChange(group, Kind.ADD, creator.person(), added.person());
        assertThat(added.awaitJoined(group).roleOf(member.person())).hasValue("member");
        assertThat(creator.peer().change(group, Kind.ADD, added.person().pn())).containsValue(409);
    }

    @ParameterizedTest
    @MethodSource(SCENARIOS)
    void promotesAndDemotesAMember(PeerKind kind, String mode) {
        Actor creator = cast.first(kind);
        Actor promoted = cast.without(creator).getFirst();
        String group = create(mode, creator, cast.without(creator)).id();

        assertThat(creator.peer().change(group, Kind.PROMOTE, promoted.person().jidIn(mode)))
                .containsValue(200);
        for (Actor actor : cast.actors()) {
            actor.awaitChange(group, Kind.PROMOTE, creator.person(), promoted.person());
            assertThat(actor.peer().group(group).roleOf(promoted.person())).hasValue("admin");
        }

        assertThat(creator.peer().change(group, Kind.DEMOTE, promoted.person().jidIn(mode)))
                .containsValue(200);
        for (Actor actor : cast.actors()) {
            actor.awaitChange(group, Kind.DEMOTE, creator.person(), promoted.person());
            assertThat(actor.peer().group(group).roleOf(promoted.person())).hasValue("member");
        }
    }

    @ParameterizedTest
    @MethodSource(SCENARIOS)
    void removesAMemberForAllToSeeAsARemoval(PeerKind kind, String mode) {
        Actor creator = cast.first(kind);
        Actor removed = cast.without(creator).getFirst();
        String group = create(mode, creator, cast.without(creator)).id();

        assertThat(creator.peer().change(group, Kind.REMOVE, removed.person().jidIn(mode)))
                .containsValue(200);

        for (Actor actor : cast.actors()) {
            actor.awaitChange(group, Kind.REMOVE, creator.person(), removed.person());
        }
        assertThatExceptionOfType(PeerRefusedException.class)
                .isThrownBy(() -> removed.peer().group(group))
                .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(403));
        assertThat(removed.peer().groups()).noneMatch(each -> each.id().equals(group));
        assertThat(creator.peer().group(group).roleOf(removed.person())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource(SCENARIOS)
    void renamesAGroup(PeerKind kind, String mode) {
        Actor creator = cast.first(kind);
        String group = create(mode, creator, cast.without(creator)).id();

        creator.peer().rename(group, "Ёлка 🎄");

        for (Actor actor : cast.actors()) {
            assertThat(actor.awaitRenamed(group, "Ёлка 🎄").actor())
                    .hasValueSatisfying(
                            by -> assertThat(creator.person().isNamed(by)).isTrue());
            assertThat(actor.peer().group(group).subject()).isEqualTo("Ёлка 🎄");
        }
    }

    @ParameterizedTest
    @MethodSource(SCENARIOS)
    void leavesForAllToSeeAsALeaveOfTheRightPerson(PeerKind kind, String mode) {
        Actor leaver = cast.first(kind);
        Actor creator = cast.without(leaver).getFirst();
        String group = create(mode, creator, cast.without(creator)).id();

        leaver.peer().leave(group);

        for (Actor actor : cast.actors()) {
            actor.awaitChange(group, Kind.LEAVE, leaver.person(), leaver.person());
        }
        assertThatExceptionOfType(PeerRefusedException.class)
                .isThrownBy(() -> leaver.peer().group(group))
                .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(403));
        for (Actor other : cast.without(leaver)) {
            assertThat(other.peer().group(group).roleOf(leaver.person())).isEmpty();
            assertThat(other.peer().group(group).members()).hasSize(3);
        }

        leaver.peer().leave(group);
        cast.awaitQuiet();
        for (Actor actor : cast.actors()) {
            assertThat(actor.changesSeen(group)).containsExactly(Kind.LEAVE);
        }
    }

    @ParameterizedTest
    @MethodSource(SCENARIOS)
    void passesTheGroupOnWhenTheLastAdminLeaves(PeerKind kind, String mode) {
        Actor creator = cast.first(kind);
        List<Actor> others = cast.without(creator);
        Actor heir = others.getFirst();
        String group = create(mode, creator, others).id();

        creator.peer().leave(group);

        for (Actor other : others) {
            other.awaitChange(group, Kind.PROMOTE, creator.person(), heir.person());
            assertThat(other.changesSeen(group)).containsExactly(Kind.LEAVE, Kind.PROMOTE);
            assertThat(other.peer().group(group).roleOf(heir.person())).hasValue("admin");
        }
        cast.awaitQuiet();
        assertThat(creator.changesSeen(group)).containsExactly(Kind.LEAVE);
        assertThat(heir.peer()
                        .change(group, Kind.PROMOTE, others.get(1).person().pn()))
                .containsValue(200);
    }

    @ParameterizedTest
    @MethodSource(SCENARIOS)
    void promotesNobodyWhenAnotherAdminStays(PeerKind kind, String mode) {
        Actor creator = cast.first(kind);
        List<Actor> others = cast.without(creator);
        String group = create(mode, creator, others).id();
        creator.peer().change(group, Kind.PROMOTE, others.get(2).person().pn());

        creator.peer().leave(group);
        cast.awaitQuiet();

        for (Actor other : others) {
            // In which order a client tells of two groups is its own affair; of one it is not.
            await().untilAsserted(() -> assertThat(other.changesSeen(group)).containsExactly(Kind.PROMOTE, Kind.LEAVE));
        }
    }

    @ParameterizedTest
    @MethodSource(SCENARIOS)
    void refusesAMemberWhatOnlyAdminsMay(PeerKind kind, String mode) {
        Actor member = cast.first(kind);
        Actor creator = cast.without(member).getFirst();
        Actor other = cast.without(member).get(1);
        String group = create(mode, creator, cast.without(creator)).id();

        for (Kind change : List.of(Kind.REMOVE, Kind.PROMOTE, Kind.DEMOTE)) {
            assertThatExceptionOfType(PeerRefusedException.class)
                    .isThrownBy(() ->
                            member.peer().change(group, change, other.person().jidIn(mode)))
                    .satisfies(refusal -> assertThat(refusal.code()).isIn(401, 403));
        }
        cast.awaitQuiet();
        for (Actor actor : cast.actors()) {
            assertThat(actor.peer().seen(Changed.class))
                    .noneMatch(event -> event.group().equals(group));
        }
    }

    @ParameterizedTest
    @MethodSource(SCENARIOS)
    void learnsOfAnOfflineTimeWhenItReconnects(PeerKind kind, String mode) {
        Actor sleeper = cast.first(kind);
        Actor creator = cast.without(sleeper).getFirst();
        Actor leaver = cast.without(sleeper).get(1);
        String group = create(mode, creator, cast.without(creator)).id();
        sleeper.awaitJoined(group);

        sleeper.peer().disconnect();
        leaver.peer().leave(group);
        creator.peer().rename(group, "Later");
        creator.awaitRenamed(group, "Later");
        String second = create(mode, creator, List.of(sleeper)).id();
        sleeper.peer().connect();

        sleeper.awaitChange(group, Kind.LEAVE, leaver.person(), leaver.person());
        sleeper.awaitRenamed(group, "Later");
        assertThat(sleeper.awaitJoined(second).mode()).isEqualTo(mode);
        assertThat(sleeper.peer().seen(Joined.class))
                .filteredOn(event -> event.group().id().equals(second))
                .hasSize(1);
    }

    @ParameterizedTest
    @MethodSource(SCENARIOS)
    void makesACommunityWhoseGroupsEachMemberFinds(PeerKind kind, String mode) {
        Actor creator = cast.first(kind);
        List<Actor> others = cast.without(creator);
        String group = create(mode, creator, others).id();
        String community = creator.peer().createCommunity("Town");

        creator.peer().link(community, group);

        for (Actor other : others) {
            assertThat(other.awaitJoined(community).subject()).isEqualTo("Town");
            assertThat(other.peer().linkedGroups(community))
                    .containsEntry(group, "Picnic")
                    .hasSize(2);
        }
    }

    private PeerGroup create(String mode, Actor creator, List<Actor> others) {
        admin.newGroupsAre(mode);
        String[] people = others.stream().map(actor -> actor.person().pn()).toArray(String[]::new);
        return creator.peer().createGroup("Picnic", people);
    }
}
