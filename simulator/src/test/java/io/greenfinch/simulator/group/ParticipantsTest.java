package io.greenfinch.simulator.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.simulator.account.SimulatedAccount;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ParticipantsTest {

    private GroupFixture stage = new GroupFixture();

    private static String results(List<PersonResult> results) {
        return results.stream()
                .map(result ->
                        result.refusal().map(refusal -> "" + refusal.code()).orElse("200"))
                .collect(Collectors.joining(" "));
    }

    private String act(String actor, String action, Jid... people) {
        SimulatedAccount who = stage.called(actor);
        List<Jid> whom = List.of(people);
        return stage.outcome(
                world -> switch (action) {
                    case "add" -> world.participants().add(who, stage.jid(), whom);
                    case "remove" -> world.participants().remove(who, stage.jid(), whom);
                    case "promote" -> world.participants().promote(who, stage.jid(), whom);
                    case "demote" -> world.participants().demote(who, stage.jid(), whom);
                    default -> throw new IllegalArgumentException(action);
                },
                ParticipantsTest::results);
    }

    /** Specification §16.5: who may do what to whom, and with what result. */
    @ParameterizedTest
    @CsvSource({
        "Mia,  add,     Sam,  200",
        "Adam, add,     Mia,  409",
        "Sam,  add,     Sam,  refused 403",
        "Olga, remove,  Mia,  200",
        "Adam, remove,  Mia,  200",
        "Adam, remove,  Olga, 405",
        "Olga, remove,  Olga, 406",
        "Adam, remove,  Adam, 406",
        "Adam, remove,  Sam,  404",
        "Mia,  remove,  Max,  refused 403",
        "Sam,  remove,  Max,  refused 403",
        "Adam, promote, Mia,  200",
        "Adam, promote, Olga, 409",
        "Adam, promote, Adam, 409",
        "Adam, promote, Sam,  404",
        "Mia,  promote, Mia,  refused 403",
        "Olga, demote,  Adam, 200",
        "Adam, demote,  Adam, 200",
        "Adam, demote,  Olga, 405",
        "Olga, demote,  Mia,  409",
        "Olga, demote,  Sam,  404",
        "Mia,  demote,  Adam, refused 403",
        "Sam,  demote,  Adam, refused 403",
    })
    void refusesWhatTheRealServerRefuses(String actor, String action, String target, String outcome) {
        SimulatedAccount whom = stage.called(target);
        assertThat(act(actor, action, whom.pn())).isEqualTo(outcome);
        assertThat(stage.changes).hasSize(outcome.equals("200") ? 1 : 0);
    }

    @Test
    void refusesEverythingInAGroupThatNeverWas() {
        assertThat(stage.outcome(
                        world -> world.participants().remove(stage.olga, Jid.group("1203630"), List.of(stage.mia.pn())),
                        ParticipantsTest::results))
                .isEqualTo("refused 404");
    }

    @ParameterizedTest
    @EnumSource(Addressing.class)
    void knowsPeopleByEitherAliasInEitherMode(Addressing mode) {
        stage = new GroupFixture(GroupRules.defaults(), mode);
        assertThat(act("Olga", "remove", stage.mia.pn(), stage.max.lid())).isEqualTo("200 200");
        assertThat(act("Olga", "add", stage.mia.lid(), stage.max.pn())).isEqualTo("200 200");
        assertThat(stage.roles()).isEqualTo("Olga:superadmin Adam:admin Mia Max");
    }

    @Test
    void givesEachPersonAResultAndAnnouncesTheSuccessesTogether() {
        assertThat(act("Adam", "remove", stage.mia.pn(), Jid.pn("4912345678"), stage.olga.pn(), stage.max.pn()))
                .isEqualTo("200 404 405 200");
        assertThat(stage.changes).hasSize(1);
        SimulatedGroupEvent.Removed removed = (SimulatedGroupEvent.Removed) stage.changes.getFirst();
        assertThat(removed.removed()).containsExactly(stage.mia, stage.max);
        assertThat(removed.context().audience()).containsExactly(stage.olga, stage.adam, stage.mia, stage.max);
        assertThat(removed.left()).isFalse();
    }

    @Test
    void countsVersionsUpWithoutGaps() {
        act("Adam", "promote", stage.mia.pn());
        act("Adam", "demote", stage.mia.pn());
        Versions first = ((SimulatedGroupEvent.Promoted) stage.changes.get(0)).versions();
        Versions second = ((SimulatedGroupEvent.Demoted) stage.changes.get(1)).versions();
        assertThat(first.now()).isGreaterThan(first.before());
        assertThat(second.before()).isEqualTo(first.now());
        assertThat(second.now()).isEqualTo(stage.group.participantVersion());
    }

    @Test
    void neverLeavesAGroupWithoutAnAdmin() {
        stage.world.change(() -> stage.world.departures().leave(stage.olga, stage.jid()));
        assertThat(act("Adam", "demote", stage.adam.pn())).isEqualTo("405");
        assertThat(stage.roles()).isEqualTo("Adam:admin Mia Max");
    }

    @Test
    void letsOnlyAdminsAddWhereThatIsReservedToThem() {
        stage.world.change(
                () -> stage.world.settings().apply(stage.adam, stage.jid(), new GroupSetting.AdminsAdd(true)));
        assertThat(act("Mia", "add", stage.sam.pn())).isEqualTo("refused 403");
        assertThat(act("Adam", "add", stage.sam.pn())).isEqualTo("200");
    }

    @Test
    void respectsBlocksAndPrivacySettingsOfThoseToBeAdded() {
        stage.sam.blocked().add(stage.mia);
        assertThat(act("Mia", "add", stage.sam.pn())).isEqualTo("401");
        stage.sam.privacy().put("groupadd", "none");
        List<PersonResult> results = GroupFixture.granted(stage.world.change(
                () -> stage.world.participants().add(stage.adam, stage.jid(), List.of(stage.sam.pn()))));
        assertThat(results(results)).isEqualTo("403");
        assertThat(results.getFirst().invitation()).isPresent();
        assertThat(stage.changes).isEmpty();
    }

    @Test
    void refusesMoreMembersThanTheLimit() {
        stage = new GroupFixture(new GroupRules(4, 100, 2048, Duration.ZERO), Addressing.LID);
        assertThat(act("Olga", "add", stage.sam.pn())).isEqualTo("419");
    }

    @Test
    void refusesThoseWhoLeftRecentlyIfTheRulesSaySo() {
        stage = new GroupFixture(new GroupRules(1024, 100, 2048, Duration.ofMinutes(5)), Addressing.LID);
        stage.world.change(() -> stage.world.departures().leave(stage.mia, stage.jid()));
        assertThat(act("Olga", "add", stage.mia.pn(), stage.sam.pn())).isEqualTo("408 200");
    }

    @Test
    void refusesRequestsThatNameNobodyOrNoPeople() {
        assertThat(act("Olga", "add")).isEqualTo("refused 400");
        assertThat(act("Olga", "remove", stage.jid())).isEqualTo("refused 400");
    }
}
