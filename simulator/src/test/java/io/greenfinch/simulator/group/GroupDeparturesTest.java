package io.greenfinch.simulator.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.simulator.account.SimulatedAccount;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GroupDeparturesTest {

    private final GroupFixture stage = new GroupFixture();

    private int leave(SimulatedAccount account, Jid group) {
        return stage.world
                .change(() -> stage.world.departures().leave(account, group))
                .error()
                .orElse(200);
    }

    private int leave(SimulatedAccount account) {
        return leave(account, stage.jid());
    }

    @Test
    void tellsEverybodyWhoWasInTheGroup() {
        assertThat(leave(stage.mia)).isEqualTo(200);
        assertThat(stage.changes).hasSize(1);
        SimulatedGroupEvent.Removed left = (SimulatedGroupEvent.Removed) stage.changes.getFirst();
        assertThat(left.left()).isTrue();
        assertThat(left.context().actor()).isEqualTo(stage.mia);
        assertThat(left.context().audience()).containsExactly(stage.olga, stage.adam, stage.mia, stage.max);
        assertThat(stage.roles()).isEqualTo("Olga:superadmin Adam:admin Max");
        assertThat(stage.world.groups().of(stage.mia)).isEmpty();
    }

    @Test
    void refusesStrangersAndGroupsThatNeverWere() {
        assertThat(leave(stage.sam)).isEqualTo(403);
        assertThat(leave(stage.sam, Jid.group("999"))).isEqualTo(404);
        assertThat(leave(stage.mia)).isEqualTo(200);
        assertThat(leave(stage.mia)).isEqualTo(403);
    }

    @Test
    void promotesNobodyWhileAnAdminIsLeft() {
        assertThat(leave(stage.olga)).isEqualTo(200);
        assertThat(stage.roles()).isEqualTo("Adam:admin Mia Max");
        assertThat(stage.changes).hasSize(1);
        assertThat(stage.group.creator()).isEqualTo(stage.olga);
    }

    @Test
    void promotesTheLongestStandingMemberAfterTheLastAdmin() {
        leave(stage.olga);
        leave(stage.mia);
        stage.world.change(() -> stage.world.participants().add(stage.max, stage.jid(), List.of(stage.mia.pn())));
        stage.changes.clear();
        assertThat(leave(stage.adam)).isEqualTo(200);
        assertThat(stage.roles()).isEqualTo("Max:admin Mia");
        assertThat(stage.changes).hasSize(2);
        SimulatedGroupEvent.Removed removed = (SimulatedGroupEvent.Removed) stage.changes.get(0);
        SimulatedGroupEvent.Promoted promoted = (SimulatedGroupEvent.Promoted) stage.changes.get(1);
        assertThat(promoted.promoted()).containsExactly(stage.max);
        assertThat(promoted.context().actor()).isEqualTo(stage.adam);
        assertThat(promoted.context().audience()).containsExactly(stage.max, stage.mia);
        assertThat(promoted.versions().before()).isEqualTo(removed.versions().now());
    }

    @Test
    void leavesAnEmptyGroupOutOfReach() {
        for (SimulatedAccount account : List.of(stage.olga, stage.adam, stage.mia, stage.max)) {
            assertThat(leave(account)).isEqualTo(200);
        }
        assertThat(stage.group.members()).isEmpty();
        assertThat(leave(stage.max)).isEqualTo(403);
        assertThat(stage.outcome(
                        world -> world.invitations()
                                .join(stage.max, stage.group.access().code()),
                        entry -> entry.group().toString()))
                .isEqualTo("refused 404");
    }

    @Test
    void leavesCommunitiesOnlyAsAWholeAndNeverAsTheirOwner() {
        NewGroup plain = NewGroup.of("Town", List.of(stage.mia.pn()), Addressing.LID);
        SimulatedGroup community = create(plain.in(Optional.empty(), GroupKind.COMMUNITY));
        SimulatedGroup announcements = create(plain.in(Optional.of(community), GroupKind.ANNOUNCEMENTS));
        SimulatedGroup choir = create(plain.in(Optional.of(community), GroupKind.GROUP));
        assertThat(leave(stage.mia, community.jid())).isEqualTo(405);
        assertThat(leave(stage.mia, announcements.jid())).isEqualTo(405);
        assertThat(leaveCommunity(stage.olga, community)).isEqualTo(405);
        assertThat(leaveCommunity(stage.sam, community)).isEqualTo(403);
        assertThat(leaveCommunity(stage.mia, choir)).isEqualTo(404);
        assertThat(leaveCommunity(stage.mia, community)).isEqualTo(200);
        assertThat(List.of(community, announcements, choir)).noneMatch(group -> group.has(stage.mia));
        assertThat(leaveCommunity(stage.mia, community)).isEqualTo(403);
    }

    private SimulatedGroup create(NewGroup group) {
        return GroupFixture.granted(
                        stage.world.change(() -> stage.world.creation().create(stage.olga, group)))
                .group();
    }

    private int leaveCommunity(SimulatedAccount account, SimulatedGroup group) {
        return stage.world
                .change(() -> stage.world.departures().leaveCommunity(account, group.jid()))
                .error()
                .orElse(200);
    }
}
