package io.greenfinch.simulator.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.protocol.curve.KeyPair;
import io.greenfinch.protocol.curve.SignedPreKey;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PhoneTest {

    private final Accounts accounts = new Accounts(new SecureRandom());
    private final SimulatedAccount account = accounts.create();
    private final Phone phone = account.phone();

    private static Node notification(String id) {
        return Node.element("notification")
                .attribute("id", id)
                .attribute("from", Jid.group("123"))
                .build();
    }

    @Test
    void isDeviceZeroOfItsAccount() {
        assertThat(account.device(0)).containsSame(phone);
        assertThat(account.devices()).containsExactly(phone);
        assertThat(accounts.device(account.lid())).containsSame(phone);
        assertThat(accounts.companion(account.lid())).isEmpty();
    }

    @Test
    void keepsThePrivateHalvesOfTheKeysThatItHandsOut() {
        PhoneKeys keys = phone.keys();
        assertThat(keys.identity().publicKey()).isEqualTo(phone.identityKey());
        assertThat(keys.signedPreKey().keys().publicKey())
                .isEqualTo(phone.signedPreKey().key());
        assertThat(SignedPreKey.verify(
                        phone.identityKey(),
                        phone.signedPreKey().key(),
                        phone.signedPreKey().signature()))
                .isTrue();
        for (int id = 1; id <= 3; id++) {
            PublicPreKey taken = phone.takePreKey().orElseThrow();
            assertThat(taken.id()).isEqualTo(id);
            assertThat(keys.preKey(id).map(KeyPair::publicKey))
                    .hasValueSatisfying(key -> assertThat(key).isEqualTo(taken.key()));
        }
        assertThat(keys.preKey(4)).isEmpty();
    }

    @Test
    void forgetsTheOldestOfManyThousandKeysThatNobodyUsed() {
        for (int i = 0; i <= PhoneKeys.KEPT; i++) {
            phone.takePreKey();
        }
        assertThat(phone.keys().preKey(1)).isEmpty();
        assertThat(phone.keys().preKey(2)).isPresent();
    }

    @Test
    void hasOtherKeysWhenItRegistersAnew() {
        byte[] before = phone.identityKey();
        phone.takePreKey();
        account.registerAnew();
        assertThat(phone.identityKey()).isNotEqualTo(before);
        assertThat(phone.keys().preKey(1)).isEmpty();
    }

    @Test
    void readsAndAcknowledgesWhatItIsSentOnceItIsOnline() {
        List<Node> read = new ArrayList<>();
        accounts.readPhones((_, stanza) -> read.add(stanza));
        phone.deliver(notification("1"));
        phone.online(false);
        phone.deliver(notification("2"));
        phone.deliver(notification("3"));
        assertThat(read).containsExactly(notification("1"));
        assertThat(phone.mailbox().waiting()).containsExactly(notification("2"), notification("3"));
        phone.online(true);
        assertThat(read).containsExactly(notification("1"), notification("2"), notification("3"));
        assertThat(phone.mailbox().size()).isZero();
    }
}
