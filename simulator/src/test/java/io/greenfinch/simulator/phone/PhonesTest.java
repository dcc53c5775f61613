package io.greenfinch.simulator.phone;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.simulator.account.SimulatedAccount;
import io.greenfinch.simulator.group.GroupFixture;
import io.greenfinch.simulator.group.GroupSetting;
import io.greenfinch.simulator.media.MediaHost;
import io.greenfinch.simulator.message.MessageRouter;
import io.greenfinch.simulator.notification.Notifications;
import io.greenfinch.simulator.request.Policy;
import io.greenfinch.simulator.world.World;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PhonesTest {

    private final GroupFixture stage = new GroupFixture();
    private final World world = stage.world;
    private final AtomicLong ids = new AtomicLong();
    private final MediaHost media = new MediaHost(Clock.systemUTC(), new SecureRandom());
    private final Phones phones = new Phones(
            world, new MessageRouter(world, new Policy()), () -> Long.toString(ids.incrementAndGet()), media);
    private final Jid group = stage.group.jid();

    PhonesTest() {
        world.subscribe(new Notifications(world, () -> Long.toString(ids.incrementAndGet()))::publish);
    }

    @AfterEach
    void close() {
        media.close();
    }

    private List<String> seenBy(SimulatedAccount account) {
        return world.read(
                () -> phones.seenBy(account).stream().map(DisplayedText::text).toList());
    }

    @Test
    void showsEachReaderTheirOwnWords() {
        List<Runnable> deeds = List.of(
                () -> world.participants().promote(stage.olga, group, List.of(stage.mia.pn(), stage.max.pn())),
                () -> world.participants().demote(stage.olga, group, List.of(stage.mia.pn())),
                () -> world.participants().remove(stage.adam, group, List.of(stage.max.pn())),
                () -> world.participants().add(stage.mia, group, List.of(stage.sam.pn())),
                () -> world.settings().subject(stage.mia, group, "Crew"),
                () -> world.settings().description(stage.mia, group, "1", Optional.empty(), Optional.of("About")),
                () -> world.settings().apply(stage.olga, group, new GroupSetting.Ephemeral(86_400)),
                () -> world.departures().leave(stage.sam, group),
                () -> world.settings().apply(stage.olga, group, new GroupSetting.MembersLink(true)),
                () -> world.invitations().join(stage.sam, stage.group.access().code()));
        deeds.forEach(world::change);
        assertThat(seenBy(stage.mia))
                .containsExactly(
                        "You and Max are now admins of \"Team\"",
                        "You are no longer an admin of \"Team\"",
                        "Adam removed Max from \"Team\"",
                        "You added Sam to \"Team\"",
                        "You changed the subject from \"Team\" to \"Crew\"",
                        "You changed the description of \"Crew\"",
                        "Olga set messages to disappear after 86400 seconds in \"Crew\"",
                        "Sam left \"Crew\"",
                        "Olga allowed all members to share the invite link of \"Crew\"",
                        "Sam joined \"Crew\" with its invite link");
        assertThat(seenBy(stage.max)).last().isEqualTo("Adam removed you from \"Team\"");
        assertThat(seenBy(stage.sam)).contains("Mia added you to \"Team\"", "You left \"Crew\"");
    }

    @Test
    void showsOnlyAdminsWhoAsksToComeIn() {
        String code = stage.group.access().code();
        List<Runnable> deeds = List.of(
                () -> world.settings().apply(stage.olga, group, new GroupSetting.Approval(true)),
                () -> world.departures().leave(stage.max, group),
                () -> world.invitations().join(stage.sam, code),
                () -> world.membershipRequests().cancel(stage.sam, group, List.of(stage.sam.pn())),
                () -> world.participants().add(stage.mia, group, List.of(stage.sam.pn(), stage.max.pn())),
                () -> world.membershipRequests().reject(stage.adam, group, List.of(stage.sam.pn())),
                () -> world.membershipRequests().approve(stage.adam, group, List.of(stage.max.pn())));
        deeds.forEach(world::change);
        assertThat(seenBy(stage.adam))
                .containsExactly(
                        "Olga allowed only admins to let people into \"Team\"",
                        "Max left \"Team\"",
                        "Sam asked to join \"Team\"",
                        "Sam no longer asks to join \"Team\"",
                        "Mia asked to add Sam and Max to \"Team\"",
                        "You declined to let Sam into \"Team\"",
                        "You added Max to \"Team\"");
        assertThat(seenBy(stage.sam)).isEmpty();
        assertThat(seenBy(stage.mia)).last().isEqualTo("Adam added Max to \"Team\"");
        assertThat(seenBy(stage.mia)).hasSize(3);
    }

    @Test
    void tellsListenersWhenTheWorldIsFree() {
        List<String> told = new ArrayList<>();
        phones.listen(seen -> told.add(seen.person() + ": " + seen.text()));
        world.change(() -> {
            world.departures().leave(stage.mia, group);
            world.publish();
            assertThat(told).isEmpty();
        });
        assertThat(told)
                .containsExactly(
                        "Olga: Mia left \"Team\"",
                        "Adam: Mia left \"Team\"",
                        "Mia: You left \"Team\"",
                        "Max: Mia left \"Team\"");
    }

    @Test
    void showsAnOfflinePhoneWhatItMissedInOrder() {
        world.change(() -> stage.olga.phone().online(false));
        world.change(() -> world.departures().leave(stage.mia, group));
        world.change(() -> world.departures().leave(stage.max, group));
        assertThat(seenBy(stage.olga)).isEmpty();
        assertThat(seenBy(stage.adam)).hasSize(2);
        world.change(() -> stage.olga.phone().online(true));
        assertThat(seenBy(stage.olga)).containsExactly("Mia left \"Team\"", "Max left \"Team\"");
    }
}
