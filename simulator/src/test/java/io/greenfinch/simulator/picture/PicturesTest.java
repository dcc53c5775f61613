package io.greenfinch.simulator.picture;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.simulator.account.SimulatedAccount;
import io.greenfinch.simulator.group.GroupFixture;
import io.greenfinch.simulator.group.GroupSetting;
import io.greenfinch.simulator.group.ServiceDecision;
import io.greenfinch.simulator.group.ServiceRefusal;
import io.greenfinch.simulator.group.SimulatedGroup;
import io.greenfinch.simulator.group.SimulatedGroupEvent;
import io.greenfinch.simulator.world.World;
import io.greenfinch.simulator.world.WorldEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may change which picture, who sees it and who hears of it (specification §16.6, §25). */
class PicturesTest {

    private static final byte[] JPEG = {(byte) 0xFF, (byte) 0xD8, 1, 2, (byte) 0xFF, (byte) 0xD9};

    private final GroupFixture stage = new GroupFixture();
    private final SimulatedGroup group = stage.group;
    private final List<String> told = new ArrayList<>();

    PicturesTest() {
        stage.world.subscribe(event -> {
            switch (event) {
                case WorldEvent.PictureChanged(var change) ->
                    told(change.account(), "", change.id(), change.audience());
                case WorldEvent.GroupChanged(SimulatedGroupEvent.PictureChanged(var context, var id)) ->
                    told(context.actor(), " group", id, context.audience());
                default -> {}
            }
        });
    }

    private void told(SimulatedAccount actor, String what, Optional<String> id, List<SimulatedAccount> audience) {
        told.add(actor.displayName() + " " + (id.isPresent() ? "set" : "removed") + what + " "
                + audience.stream().map(SimulatedAccount::displayName).sorted().toList());
    }

    private <T> String outcome(Function<World, ServiceDecision<T>> work) {
        return switch (stage.world.change(() -> work.apply(stage.world))) {
            case ServiceDecision.Granted<T> _ -> "done";
            case ServiceDecision.Refused<T>(ServiceRefusal refusal) -> Integer.toString(refusal.code());
        };
    }

    private SimulatedAccount called(String name) {
        return stage.world.accounts().byName(name).orElseThrow();
    }

    private String set(String actor, Jid subject, byte[] jpeg) {
        return outcome(world -> world.pictures().set(called(actor), subject, jpeg));
    }

    private String remove(String actor, Jid subject) {
        return outcome(world -> world.pictures().remove(called(actor), subject));
    }

    private String seenBy(String viewer, Jid subject) {
        return outcome(world -> world.pictures().seenBy(called(viewer), subject));
    }

    @ParameterizedTest
    @CsvSource({"Olga, done, done", "Adam, done, done", "Mia, done, 401", "Sam, 403, 403"})
    void membersChangeTheGroupsUnlessItIsLocked(String actor, String open, String locked) {
        assertThat(set(actor, group.jid(), JPEG)).isEqualTo(open);
        assertThat(remove(actor, group.jid())).isEqualTo(open);
        outcome(world -> world.settings().apply(stage.olga, group.jid(), new GroupSetting.Locked(true)));
        assertThat(set(actor, group.jid(), JPEG)).isEqualTo(locked);
        assertThat(remove(actor, group.jid())).isEqualTo(locked);
    }

    @Test
    void membersHearOfTheGroupsAndSeeIt() {
        assertThat(seenBy("Mia", group.jid())).isEqualTo("404");
        set("Mia", group.jid(), JPEG);
        remove("Olga", group.jid());
        remove("Olga", group.jid());
        set("Olga", group.jid(), JPEG);

        assertThat(told)
                .containsExactly(
                        "Mia set group [Adam, Max, Mia, Olga]",
                        "Olga removed group [Adam, Max, Mia, Olga]",
                        "Olga set group [Adam, Max, Mia, Olga]");
        assertThat(seenBy("Max", group.jid())).isEqualTo("done");
        assertThat(seenBy("Sam", group.jid())).isEqualTo("401");
        assertThat(set("Olga", Jid.group("1"), JPEG)).isEqualTo("404");
        assertThat(seenBy("Olga", Jid.group("1"))).isEqualTo("404");
    }

    @Test
    void nobodyChangesThePictureOfSomebodyElse() {
        assertThat(set("Olga", stage.mia.pn(), JPEG)).isEqualTo("403");
        assertThat(remove("Olga", stage.mia.lid())).isEqualTo("403");
        assertThat(set("Mia", stage.mia.lid().withDevice(3), JPEG)).isEqualTo("done");
        assertThat(seenBy("Sam", stage.mia.pn())).isEqualTo("done");
        assertThat(seenBy("Mia", Jid.pn("4999"))).isEqualTo("404");
    }

    @Test
    void whomItIsHiddenFromNeitherSeesNorHears() {
        stage.mia.blocked().add(stage.max);
        set("Mia", stage.mia.pn(), JPEG);
        assertThat(seenBy("Max", stage.mia.pn())).isEqualTo("401");
        stage.mia.privacy().put("profile", "contacts");
        assertThat(seenBy("Adam", stage.mia.pn())).isEqualTo("done");
        assertThat(seenBy("Sam", stage.mia.pn())).isEqualTo("401");
        stage.mia.privacy().put("profile", "none");
        assertThat(seenBy("Adam", stage.mia.pn())).isEqualTo("401");
        assertThat(seenBy("Mia", stage.mia.pn())).isEqualTo("done");
        remove("Mia", stage.mia.pn());

        assertThat(told).containsExactly("Mia set [Adam, Mia, Olga]", "Mia removed [Mia]");
    }

    @Test
    void aJpegWithoutItsEndIsAPicture() {
        assertThat(set("Mia", stage.mia.pn(), new byte[] {(byte) 0xFF, (byte) 0xD8, 1, 2}))
                .isEqualTo("done");
    }

    @Test
    void whatIsNoPictureIsNotAccepted() {
        assertThat(set("Mia", stage.mia.pn(), new byte[0])).isEqualTo("406");
        assertThat(set("Mia", stage.mia.pn(), new byte[] {1, 2, (byte) 0xFF, (byte) 0xD9}))
                .isEqualTo("406");
        byte[] huge = new byte[PictureStore.LARGEST + 1];
        System.arraycopy(JPEG, 0, huge, 0, 2);
        System.arraycopy(JPEG, 4, huge, huge.length - 2, 2);
        assertThat(set("Mia", stage.mia.pn(), huge)).isEqualTo("406");
        assertThat(told).isEmpty();
    }
}
