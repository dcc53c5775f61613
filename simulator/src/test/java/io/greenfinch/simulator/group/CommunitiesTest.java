package io.greenfinch.simulator.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.simulator.account.SimulatedAccount;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who may do what with communities, and who is in them. */
class CommunitiesTest {

    private final GroupFixture stage = new GroupFixture();
    private SimulatedGroup town;

    @BeforeEach
    void community() {
        town = GroupFixture.granted(stage.world.change(() ->
                        stage.world.communities().create(stage.olga, NewGroup.of("Town", List.of(), Addressing.LID))))
                .group();
        stage.changes.clear();
    }

    private SimulatedGroup announcements() {
        return stage.world.communities().announcements(town).orElseThrow();
    }

    private String link(SimulatedAccount actor, Jid... groups) {
        return stage.outcome(
                world -> world.communities().link(actor, town.jid(), List.of(groups)), CommunitiesTest::codes);
    }

    private String unlink(SimulatedAccount actor, boolean orphans, Jid... groups) {
        return stage.outcome(
                world -> world.communities().unlink(actor, town.jid(), List.of(groups), orphans),
                CommunitiesTest::codes);
    }

    private static String codes(List<LinkResult> results) {
        return String.join(
                " ",
                results.stream()
                        .map(result -> Integer.toString(
                                result.refusal().map(ServiceRefusal::code).orElse(200)))
                        .toList());
    }

    private SimulatedGroup create(SimulatedAccount creator, String subject) {
        return GroupFixture.granted(stage.world.change(
                        () -> stage.world.creation().create(creator, NewGroup.of(subject, List.of(), Addressing.LID))))
                .group();
    }

    @Test
    void hasAnAnnouncementGroupFromTheBeginning() {
        assertThat(town.kind()).isEqualTo(GroupKind.COMMUNITY);
        assertThat(announcements().kind()).isEqualTo(GroupKind.ANNOUNCEMENTS);
        assertThat(announcements().announcement()).isTrue();
        assertThat(announcements().accounts()).containsExactly(stage.olga);
    }

    @Test
    void whoIsInAGroupThatIsPutIntoItIsInIt() {
        assertThat(link(stage.olga, stage.jid())).isEqualTo("200");
        assertThat(stage.group.community()).hasValue(town);
        for (SimulatedGroup common : List.of(town, announcements())) {
            assertThat(common.accounts()).containsExactly(stage.olga, stage.adam, stage.mia, stage.max);
        }
        assertThat(stage.changes)
                .extracting(change -> change.context().group())
                .containsExactly(town, announcements(), town, stage.group);
        assertThat(stage.changes.getLast())
                .isEqualTo(
                        new SimulatedGroupEvent.Related(stage.changes.getLast().context(), true, town));

        stage.world.change(() -> stage.world.participants().add(stage.olga, stage.jid(), List.of(stage.sam.pn())));
        assertThat(announcements().has(stage.sam)).isTrue();
        assertThat(town.has(stage.sam)).isTrue();
    }

    @Test
    void refusesWhatMayNotBePutIntoIt() {
        SimulatedGroup adams = create(stage.adam, "Chess");
        Jid none = Jid.group("999");
        assertThat(link(
                        stage.olga,
                        stage.jid(),
                        stage.jid(),
                        adams.jid(),
                        none,
                        announcements().jid(),
                        town.jid()))
                .isEqualTo("200 409 403 404 406 406");
        assertThat(link(stage.adam, adams.jid())).isEqualTo("refused 401");
        assertThat(link(stage.sam, adams.jid())).isEqualTo("refused 403");
        assertThat(stage.outcome(
                        world -> world.communities().link(stage.olga, stage.jid(), List.of(adams.jid())),
                        CommunitiesTest::codes))
                .isEqualTo("refused 404");

        SimulatedGroup other = GroupFixture.granted(stage.world.change(() -> stage.world
                        .communities()
                        .create(stage.olga, NewGroup.of("Village", List.of(), Addressing.LID))))
                .group();
        assertThat(stage.outcome(
                        world -> world.communities().link(stage.olga, other.jid(), List.of(stage.jid())),
                        CommunitiesTest::codes))
                .isEqualTo("409");
        assertThat(stage.outcome(
                        world -> world.communities().unlink(stage.olga, other.jid(), List.of(stage.jid()), false),
                        CommunitiesTest::codes))
                .isEqualTo("404");
    }

    @Test
    void whoIsInAGroupThatIsTakenOutStaysUnlessOrphansGo() {
        SimulatedGroup chess = create(stage.olga, "Chess");
        stage.world.change(() -> stage.world.participants().add(stage.olga, chess.jid(), List.of(stage.mia.pn())));
        link(stage.olga, stage.jid(), chess.jid());

        assertThat(unlink(stage.adam, false, chess.jid())).isEqualTo("refused 401");
        assertThat(unlink(stage.olga, false, chess.jid(), announcements().jid()))
                .isEqualTo("200 405");
        assertThat(chess.community()).isEmpty();
        assertThat(town.has(stage.mia)).isTrue();
        link(stage.olga, chess.jid());
        assertThat(unlink(stage.olga, true, stage.jid())).isEqualTo("200");
        assertThat(town.accounts()).containsExactly(stage.olga, stage.mia);
        assertThat(announcements().accounts()).containsExactly(stage.olga, stage.mia);
    }

    @Test
    void itsGroupsAreListedForThoseInIt() {
        link(stage.olga, stage.jid());
        assertThat(stage.outcome(world -> world.communities().groups(stage.mia, town.jid()), Object::toString))
                .isEqualTo(List.of(stage.group, announcements()).toString());
        assertThat(stage.outcome(
                        world -> world.communities().people(stage.mia, town.jid()), found -> "" + found.size()))
                .isEqualTo("4");
        assertThat(stage.outcome(world -> world.communities().groups(stage.sam, town.jid()), Object::toString))
                .isEqualTo("refused 403");
        assertThat(stage.outcome(world -> world.communities().groups(stage.mia, stage.jid()), Object::toString))
                .isEqualTo("refused 404");
    }

    @Test
    void itsAdminsCreateGroupsInsideIt() {
        NewGroup choir = NewGroup.of("Choir", List.of(stage.max.pn()), Addressing.LID);
        assertThat(stage.outcome(
                        world -> world.communities().createInside(stage.olga, town.jid(), choir),
                        created -> created.group()
                                .community()
                                .map(SimulatedGroup::subject)
                                .orElse("none")))
                .isEqualTo("Town");
        assertThat(announcements().has(stage.max)).isTrue();
        assertThat(stage.outcome(
                        world -> world.communities().createInside(stage.max, town.jid(), choir), Object::toString))
                .isEqualTo("refused 401");
    }

    /** The snapshot has the group first, and the community after it. */
    @Test
    void aGroupThatIsOlderThanItsCommunityIsRestored() {
        link(stage.olga, stage.jid());
        List<GroupSnapshot> states =
                stage.world.groups().all().stream().map(GroupSnapshot::of).toList();
        GroupDirectory restored = new GroupDirectory(stage.world.random());
        restored.restore(states, stage.world.accounts());

        assertThat(restored.byId(stage.group.id())
                        .flatMap(SimulatedGroup::community)
                        .map(SimulatedGroup::id))
                .isEqualTo(Optional.of(town.id()));
        assertThat(restored.all().stream().map(GroupSnapshot::of).toList()).isEqualTo(states);
    }
}
