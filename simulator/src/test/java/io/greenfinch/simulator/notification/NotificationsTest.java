package io.greenfinch.simulator.notification;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.simulator.account.Companion;
import io.greenfinch.simulator.account.CompanionDetails;
import io.greenfinch.simulator.account.CompanionKeys;
import io.greenfinch.simulator.account.PreKeyStock;
import io.greenfinch.simulator.account.PublicSignedPreKey;
import io.greenfinch.simulator.account.SimulatedAccount;
import io.greenfinch.simulator.group.GroupFixture;
import io.greenfinch.simulator.group.GroupSetting;
import io.greenfinch.simulator.world.World;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class NotificationsTest {

    private static final byte[] JPEG = {(byte) 0xFF, (byte) 0xD8, 1, 2, (byte) 0xFF, (byte) 0xD9};

    private final GroupFixture stage = new GroupFixture();
    private final World world = stage.world;
    private final Jid group = stage.group.jid();
    private final AtomicLong ids = new AtomicLong();

    NotificationsTest() {
        world.subscribe(new Notifications(world, () -> Long.toString(ids.incrementAndGet()))::publish);
    }

    private Companion link(SimulatedAccount account) {
        return world.change(() -> {
            Companion linked = account.link(new CompanionDetails(
                    account.takeDevice(),
                    account.takeKeyIndex(),
                    new CompanionKeys(new byte[32], new byte[32], 1),
                    new PublicSignedPreKey(1, new byte[32], new byte[64]),
                    new byte[0],
                    "Test",
                    new PreKeyStock()));
            world.linked(linked);
            return linked;
        });
    }

    @Test
    void tellsThePhoneTheSameAsTheOtherDevices() {
        Companion companion = link(stage.mia);
        world.change(() -> stage.mia.phone().online(false));
        List<Runnable> deeds = List.of(
                () -> world.participants().add(stage.mia, group, List.of(stage.sam.pn())),
                () -> world.settings().apply(stage.olga, group, new GroupSetting.Locked(true)),
                () -> world.pictures().set(stage.olga, group, JPEG),
                () -> world.pictures().set(stage.olga, stage.olga.pn(), JPEG),
                () -> world.registerAnew(stage.adam),
                () -> world.departures().leave(stage.mia, group));
        deeds.forEach(world::change);

        List<Node> told = stage.mia.phone().mailbox().waiting();
        assertThat(told).hasSize(deeds.size()).isEqualTo(companion.mailbox().waiting());
    }

    @Test
    void tellsThePhoneOfACompanionThatCameAndWent() {
        world.change(() -> stage.mia.phone().online(false));
        Companion companion = link(stage.mia);
        world.change(() -> world.unlink(companion));
        assertThat(stage.mia.phone().mailbox().waiting())
                .extracting(stanza -> stanza.attribute("type").orElse(""))
                .containsExactly("devices", "account_sync", "devices", "account_sync");
    }
}
