package io.greenfinch.simulator.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.pairing.DeviceListHash;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;

class AccountsTest {

    private final Accounts accounts = new Accounts(new SecureRandom());

    private static CompanionDetails companion(int number, int keyIndex) {
        return new CompanionDetails(
                number,
                keyIndex,
                new CompanionKeys(new byte[32], new byte[32], 1),
                new PublicSignedPreKey(1, new byte[32], new byte[64]),
                new byte[0],
                "Test",
                new PreKeyStock());
    }

    @Test
    void findsAnAccountByEachOfItsNames() {
        SimulatedAccount account = accounts.create();
        accounts.rename(account, "Anna");
        assertThat(accounts.find(account.pn())).contains(account);
        assertThat(accounts.find(account.lid().withDevice(3))).contains(account);
        assertThat(accounts.byName("Anna")).contains(account);
        accounts.rename(account, "Annabel");
        assertThat(accounts.byName("Anna")).isEmpty();
        assertThat(accounts.find(Jid.group(account.number()))).isEmpty();
        assertThat(account.lid().user()).hasSize(15).isNotEqualTo(account.number());
    }

    @Test
    void givesEachAccountAnotherNumber() {
        accounts.create("15550001001");
        assertThat(accounts.create().number()).isEqualTo("15550001002");
        assertThatThrownBy(() -> accounts.create("15550001002")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void usesNumbersOfCompanionsAgainOnlyWhenAllWereUsed() {
        SimulatedAccount account = accounts.create();
        for (int i = 1; i <= 99; i++) {
            assertThat(account.takeDevice()).isEqualTo(i);
            assertThat(account.takeKeyIndex()).isEqualTo(i);
            Companion device = account.link(companion(i, i));
            if (i < 99) {
                account.unlink(device);
            }
        }
        assertThat(account.takeDevice()).isEqualTo(1);
        assertThat(account.takeKeyIndex()).isEqualTo(100);
        assertThat(account.deviceLids())
                .containsExactly(account.lid(), account.lid().withDevice(99));
    }

    @Test
    void hashesDeviceListsInAnyOrder() {
        List<Jid> devices = List.of(
                Jid.lid("900000000000012").withDevice(10),
                Jid.lid("900000000000011"),
                Jid.lid("900000000000011").withDevice(1));
        assertThat(DeviceListHash.of(devices)).isEqualTo("2:I+VNKTzR").isEqualTo(DeviceListHash.of(devices.reversed()));
    }
}
