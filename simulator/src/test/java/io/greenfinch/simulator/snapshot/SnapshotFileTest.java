package io.greenfinch.simulator.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.protocol.curve.KeyPair;
import io.greenfinch.simulator.account.NewChats;
import io.greenfinch.simulator.account.PhoneKeys;
import io.greenfinch.simulator.account.PublicPreKey;
import io.greenfinch.simulator.account.SimulatedAccount;
import io.greenfinch.simulator.group.GroupRules;
import io.greenfinch.simulator.world.World;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotFileTest {

    private final World world = world();
    private final SimulatedAccount anna = world.accounts().create();

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    private static World world() {
        return new World(GroupRules.defaults(), Clock.systemUTC(), new SecureRandom());
    }

    private SimulatedAccount restored() {
        return restored(anna, restoredWorld());
    }

    private static SimulatedAccount restored(SimulatedAccount account, World again) {
        return again.accounts().byNumber(account.number()).orElseThrow();
    }

    private World restoredWorld() {
        SnapshotFile file = new SnapshotFile(folder.resolve("world.json"));
        file.write(world.read(() -> Snapshot.of(new byte[0], world)));
        World again = world();
        file.read().orElseThrow().restore(again);
        return again;
    }

    @Test
    void holdsAllKeysOfPhones() {
        PhoneKeys before = anna.phone().keys();
        PublicPreKey first = anna.phone().takePreKey().orElseThrow();
        PublicPreKey second = anna.phone().takePreKey().orElseThrow();
        byte[] signedPreKey = anna.phone().signedPreKey().key();

        SimulatedAccount again = restored();
        PhoneKeys after = again.phone().keys();

        assertThat(after.registrationId()).isEqualTo(before.registrationId());
        assertThat(after.rawId()).isEqualTo(before.rawId());
        assertThat(after.identity()).isEqualTo(before.identity());
        assertThat(after.signedPreKey()).isEqualTo(before.signedPreKey());
        KeyPair sender = KeyPair.generate(world.random());
        for (PublicPreKey key : new PublicPreKey[] {first, second}) {
            assertThat(after.preKey(key.id()).orElseThrow().agree(sender.publicKey()))
                    .isEqualTo(sender.agree(key.key()));
        }
        assertThat(again.phone().signedPreKey().key()).isEqualTo(signedPreKey);
        assertThat(again.phone().takePreKey().orElseThrow().id()).isEqualTo(3);
    }

    @Test
    void holdsTheOtherWaysToWriteANumber() {
        world.accounts().alias(anna, "5521987654321");

        assertThat(restored().aliases()).containsExactly("5521987654321");
    }

    @Test
    void holdsWhomAnAccountMayWriteTo() {
        SimulatedAccount bob = world.accounts().create();
        SimulatedAccount carol = world.accounts().create();
        byte[] token = {1, 2, 3};
        anna.newChats().rule(NewChats.Rule.WITH_TOKEN);
        anna.newChats().heardFrom(bob);
        carol.newChats().gave(anna, token);

        World again = restoredWorld();
        NewChats newChats = restored(anna, again).newChats();
        assertThat(newChats.rule()).isEqualTo(NewChats.Rule.WITH_TOKEN);
        assertThat(newChats.mayWriteTo(restored(bob, again), Optional.empty())).isTrue();
        assertThat(newChats.mayWriteTo(restored(carol, again), Optional.empty()))
                .isFalse();
        assertThat(newChats.mayWriteTo(restored(carol, again), Optional.of(token)))
                .isTrue();
    }

    @Test
    void makesNoKeysForPhonesThatNeededNone() {
        restored();
        assertThat(Snapshot.of(new byte[0], world).accounts().getFirst().phone().identity())
                .isNull();
    }
}
