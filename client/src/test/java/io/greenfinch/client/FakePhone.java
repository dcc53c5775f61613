package io.greenfinch.client;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.protocol.curve.KeyPair;
import io.greenfinch.protocol.pairing.DeviceIdentity;
import io.greenfinch.protocol.pairing.QrCode;
import java.security.SecureRandom;
import java.time.Instant;

/** The phone of the account that sessions link to. */
final class FakePhone {

    static final Jid PN = new Jid("15550001001", 1, Jid.USERS, 0);
    static final Jid LID = new Jid("900000000000001", 1, Jid.LIDS, 0);

    private final SecureRandom random;
    private final KeyPair accountKey;

    FakePhone(SecureRandom random) {
        this.random = random;
        accountKey = KeyPair.generate(random);
    }

    byte[] accountKey() {
        return accountKey.publicKey();
    }

    /** What the server tells the companion after this phone has scanned the code. */
    Node pairSuccess(String qrText, Instant now) {
        QrCode code = QrCode.parse(qrText).orElseThrow();
        byte[] identity =
                DeviceIdentity.issue(accountKey, code.identityKey(), code.advSecret(), 4711, now, 1, random, false);
        return pairSuccess(identity);
    }

    static Node pairSuccess(byte[] identity) {
        return Node.element("iq")
                .attribute("from", Jid.SERVER)
                .attribute("type", "set")
                .attribute("id", "ps1")
                .attribute("xmlns", "md")
                .child(Node.element("pair-success")
                        .child(Node.bytes("device-identity", identity))
                        .child(Node.element("device").attribute("jid", PN).attribute("lid", LID))
                        .child(Node.element("platform").attribute("name", "android")))
                .build();
    }
}
