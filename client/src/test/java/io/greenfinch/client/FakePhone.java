package io.greenfinch.client;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.protocol.curve.KeyPair;
import io.greenfinch.protocol.pairing.ClientHelloPayload;
import io.greenfinch.protocol.pairing.DeviceIdentity;
import io.greenfinch.protocol.pairing.LinkCode;
import io.greenfinch.protocol.pairing.LinkCodePhone;
import io.greenfinch.protocol.pairing.PasskeyPhone;
import io.greenfinch.protocol.pairing.QrCode;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The phone of the account that sessions link to. */
final class FakePhone {

    static final Jid PN = new Jid("15550001001", 1, Jid.USERS, 0);
    static final Jid LID = new Jid("900000000000001", 1, Jid.LIDS, 0);

    /** The server's name for the attempt to link by a typed code. */
    static final byte[] REF = "ref-of-a-code".getBytes(StandardCharsets.US_ASCII);

    private final SecureRandom random;
    private final KeyPair accountKey;
    private final byte[] secret = new byte[32];

    FakePhone(SecureRandom random) {
        this.random = random;
        accountKey = KeyPair.generate(random);
    }

    byte[] accountKey() {
        return accountKey.publicKey();
    }

    /** What the server tells the companion after this phone has scanned the code. */
    Node pairSuccess(String qrText, Instant now) {
        return pairSuccess(qrText, now, false);
    }

    /** The same; the account's keys may be held by a business host. */
    Node pairSuccess(String qrText, Instant now, boolean hosted) {
        QrCode code = QrCode.parse(qrText).orElseThrow();
        byte[] identity =
                DeviceIdentity.issue(accountKey, code.identityKey(), code.advSecret(), 4711, now, 1, random, hosted);
        return pairSuccess(identity);
    }

    /** The server's answers while a code is typed, for {@link FakeServer#script}. */
    static List<Node> helloAnswer(Node request) {
        return request.child("link_code_companion_reg")
                .filter(registration -> registration.is("stage", "companion_hello"))
                .map(hello -> List.of(FakeConnection.result(request)
                        .child(Node.element("link_code_companion_reg")
                                .attribute("stage", "companion_hello")
                                .child(Node.bytes("link_code_pairing_ref", REF)))
                        .build()))
                .orElse(FakeServer.PASS);
    }

    static Node notification(String type, Node.Builder child) {
        return Node.element("notification")
                .attribute("from", Jid.SERVER)
                .attribute("type", type)
                .attribute("id", "n1")
                .child(child)
                .build();
    }

    /** What a companion answered to codes that were typed. */
    static List<Node> finishes(FakeConnection connection) {
        return registrations(connection, "companion_finish");
    }

    private static List<Node> registrations(FakeConnection connection, String stage) {
        return connection.received().stream()
                .flatMap(node -> node.child("link_code_companion_reg").stream())
                .filter(registration -> registration.is("stage", stage))
                .toList();
    }

    /** Somebody types a code; the companion is told. */
    LinkCodePhone send(FakeConnection connection, String characters) {
        byte[] hello = registrations(connection, "companion_hello")
                .getLast()
                .child("link_code_pairing_wrapped_companion_ephemeral_pub")
                .orElseThrow()
                .content();
        LinkCodePhone typing = new LinkCodePhone(LinkCode.parse(characters).orElseThrow(), hello, accountKey, random);
        connection.send(notification(
                "link_code_companion_reg",
                Node.element("link_code_companion_reg")
                        .attribute("stage", "primary_hello")
                        .child(Node.bytes("link_code_pairing_ref", REF))
                        .child(Node.bytes("link_code_pairing_wrapped_primary_ephemeral_pub", typing.hello()))
                        .child(Node.bytes("primary_identity_pub", accountKey.publicKey()))));
        return typing;
    }

    /** Somebody types a code; returns whether the companion's answer proves that it was the right one. */
    boolean type(FakeConnection connection, String characters) {
        int before = finishes(connection).size();
        LinkCodePhone typing = send(connection, characters);
        SessionFixture.until(() -> finishes(connection).size() > before);
        Node finish = finishes(connection).getLast();
        Optional<byte[]> agreed = typing.finish(
                finish.child("link_code_pairing_wrapped_key_bundle")
                        .orElseThrow()
                        .content(),
                finish.child("companion_identity_public").orElseThrow().content());
        agreed.ifPresent(known -> System.arraycopy(known, 0, secret, 0, secret.length));
        return agreed.isPresent();
    }

    /** What the server tells a companion whose code was typed: signed under what was agreed on, if anything was. */
    Node pairSuccess(FakeConnection connection, Instant now) {
        if (!(connection.payload() instanceof ClientHelloPayload.Registration registration)) {
            throw new IllegalStateException("this connection does not register");
        }
        byte[] companion = registration.device().identityKey();
        return pairSuccess(DeviceIdentity.issue(accountKey, companion, secret, 4711, now, 1, random, false));
    }

    /** The same after a passkey, for who has asked to be taken in with these keys. */
    Node pairSuccess(PasskeyPhone.Wanted wanted, Instant now) {
        return pairSuccess(DeviceIdentity.issue(
                accountKey, wanted.identityKey(), wanted.advSecret(), 4711, now, 1, random, false));
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
