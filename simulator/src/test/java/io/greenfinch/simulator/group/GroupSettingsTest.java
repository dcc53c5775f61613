package io.greenfinch.simulator.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.simulator.account.SimulatedAccount;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GroupSettingsTest {

    private final GroupFixture stage = new GroupFixture();

    private String apply(SimulatedAccount actor, GroupSetting setting) {
        return stage.outcome(world -> world.settings().apply(actor, stage.jid(), setting), _ -> "done");
    }

    private String subject(SimulatedAccount actor, String text) {
        return stage.outcome(world -> world.settings().subject(actor, stage.jid(), text), _ -> "done");
    }

    private String describe(SimulatedAccount actor, String id, Optional<String> previous, Optional<String> text) {
        return stage.outcome(
                world -> world.settings().description(actor, stage.jid(), id, previous, text), _ -> "done");
    }

    /** Specification §16.6: who may change settings, and whether anything changes. */
    @ParameterizedTest
    @CsvSource({"Olga, done", "Adam, done", "Mia, refused 401", "Sam, refused 403"})
    void letsAdminsChangeSettings(String actor, String outcome) {
        for (GroupSetting setting : List.of(
                new GroupSetting.Locked(true),
                new GroupSetting.Announcement(true),
                new GroupSetting.Ephemeral(86_400),
                new GroupSetting.AdminsAdd(true),
                new GroupSetting.MembersLink(true),
                new GroupSetting.Approval(true))) {
            assertThat(apply(stage.called(actor), setting)).isEqualTo(outcome);
        }
    }

    @Test
    void refusesASettingThatIsAlreadySo() {
        assertThat(apply(stage.olga, new GroupSetting.Locked(false))).isEqualTo("refused 409");
        assertThat(apply(stage.olga, new GroupSetting.Announcement(true))).isEqualTo("done");
        assertThat(apply(stage.olga, new GroupSetting.Announcement(true))).isEqualTo("refused 409");
        assertThat(stage.group.announcementVersion()).isEqualTo(2);
        assertThat(stage.changes).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"Olga, done, done", "Mia, done, refused 401", "Sam, refused 403, refused 403"})
    void letsMembersChangeTheSubjectUnlessTheGroupIsLocked(String actor, String open, String locked) {
        assertThat(subject(stage.called(actor), "Crew")).isEqualTo(open);
        apply(stage.olga, new GroupSetting.Locked(true));
        assertThat(subject(stage.called(actor), "Band")).isEqualTo(locked);
        assertThat(describe(stage.called(actor), "D1", Optional.empty(), Optional.of("x")))
                .isEqualTo(locked);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 101})
    void refusesSubjectsThatAreEmptyOrTooLong(int length) {
        assertThat(subject(stage.olga, "x".repeat(length))).isEqualTo("refused 406");
        assertThat(subject(stage.olga, "\uD83D\uDC26".repeat(100))).isEqualTo("done");
    }

    @Test
    void keepsTrackOfTheDescriptionsWording() {
        assertThat(describe(stage.mia, "D1", Optional.empty(), Optional.of("one")))
                .isEqualTo("done");
        assertThat(describe(stage.mia, "D2", Optional.of("D0"), Optional.of("two")))
                .isEqualTo("refused 409");
        assertThat(describe(stage.mia, "D2", Optional.of("D1"), Optional.of("two")))
                .isEqualTo("done");
        assertThat(stage.group.description().orElseThrow().body()).isEqualTo("two");
        assertThat(describe(stage.mia, "D3", Optional.empty(), Optional.of("x".repeat(2049))))
                .isEqualTo("refused 406");
        assertThat(describe(stage.mia, "D3", Optional.of("D2"), Optional.empty()))
                .isEqualTo("done");
        assertThat(stage.group.description()).isEmpty();
    }

    @Test
    void refusesToCreateWhatIsNotAcceptable() {
        assertThat(create(NewGroup.of(" ", List.of(), Addressing.PN))).isEqualTo("refused 406");
        assertThat(create(NewGroup.of("S", List.of(Jid.group("1")), Addressing.PN)))
                .isEqualTo("refused 400");
        List<Jid> tooMany = Collections.nCopies(1024, stage.sam.pn());
        assertThat(create(NewGroup.of("S", tooMany, Addressing.PN))).isEqualTo("refused 419");
        assertThat(create(NewGroup.of("S", List.of(), Addressing.PN))).isEqualTo("1 members, 0 refused");
    }

    @Test
    void createsAGroupWithEverybodyOnce() {
        NewGroup group = NewGroup.of(
                "S", List.of(stage.mia.pn(), stage.mia.lid(), stage.olga.lid(), Jid.pn("4912345678")), Addressing.PN);
        assertThat(create(group)).isEqualTo("2 members, 1 refused");
    }

    private String create(NewGroup group) {
        return stage.outcome(
                world -> world.creation().create(stage.olga, group),
                created -> created.group().members().size() + " members, "
                        + created.refused().size() + " refused");
    }

    @Test
    void letsPeopleJoinByLinkUnlessTheyWereRemoved() {
        String code = stage.outcome(world -> world.invitations().code(stage.adam, stage.jid()), text -> text);
        assertThat(stage.outcome(world -> world.invitations().code(stage.mia, stage.jid()), text -> text))
                .isEqualTo("refused 401");
        assertThat(stage.outcome(world -> world.invitations().code(stage.sam, stage.jid()), text -> text))
                .isEqualTo("refused 403");
        assertThat(join(stage.sam, code)).isEqualTo("Team");
        assertThat(join(stage.sam, code)).isEqualTo("refused 304");
        assertThat(join(stage.sam, "nonsense")).isEqualTo("refused 406");
        stage.world.change(() -> stage.world.departures().leave(stage.sam, stage.jid()));
        assertThat(join(stage.sam, code)).isEqualTo("Team");
        stage.world.change(() -> stage.world.participants().remove(stage.adam, stage.jid(), List.of(stage.sam.pn())));
        assertThat(join(stage.sam, code)).isEqualTo("refused 405");
        String next = stage.outcome(world -> world.invitations().reset(stage.adam, stage.jid()), text -> text);
        assertThat(next).isNotEqualTo(code).hasSize(22);
        assertThat(join(stage.sam, code)).isEqualTo("refused 410");
        SimulatedGroupEvent.LinkReset reset = (SimulatedGroupEvent.LinkReset) stage.changes.getLast();
        assertThat(reset.context().audience()).containsExactly(stage.olga, stage.adam);
    }

    private String join(SimulatedAccount account, String code) {
        return stage.outcome(
                world -> world.invitations().join(account, code),
                entry -> entry.group().subject());
    }
}
