package io.greenfinch.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.protocol.curve.KeyPair;
import io.greenfinch.protocol.curve.SignedPreKey;
import io.greenfinch.protocol.pairing.DeviceIdentity;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Companions' and phones' prekeys (specification §12). */
class KeysIT {

    private final Simulator simulator = Simulator.start(SimulatorSettings.defaults());
    private final TestAdmin admin = new TestAdmin(simulator.adminUrl());
    private final TestCompanion anna = new TestCompanion(simulator).pair(admin, "Anna");
    private final TestSocket socket = anna.logIn();

    @AfterEach
    void stop() {
        simulator.close();
    }

    private static byte[] bytes(int length, int value) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < Integer.BYTES && i < length; i++) {
            bytes[length - 1 - i] = (byte) (value >> (8 * i));
        }
        return bytes;
    }

    private static Node signed(SignedPreKey key) {
        return Node.element("skey")
                .child(Node.bytes("id", bytes(3, key.id())))
                .child(Node.bytes("value", key.keys().publicKey()))
                .child(Node.bytes("signature", key.signature()))
                .build();
    }

    private static Node upload(TestSocket socket, byte[] identity, SignedPreKey signedPreKey, int count) {
        Node.Builder list = Node.element("list");
        for (int i = 1; i <= count; i++) {
            list.child(
                    Node.element("key").child(Node.bytes("id", bytes(3, i))).child(Node.bytes("value", bytes(32, i))));
        }
        return socket.request(
                Jid.SERVER,
                "set",
                "encrypt",
                Node.bytes("registration", bytes(4, 4711)),
                Node.bytes("type", new byte[] {5}),
                Node.bytes("identity", identity),
                list.build(),
                signed(signedPreKey));
    }

    static void upload(TestCompanion companion, TestSocket socket, int count) {
        Node answer = upload(socket, companion.identity.publicKey(), companion.signedPreKey, count);
        assertThat(answer.is("type", "result")).isTrue();
    }

    private Node bundle(Jid of) {
        Node answer = socket.request(
                Jid.SERVER,
                "get",
                "encrypt",
                Node.element("key")
                        .child(Node.element("user").attribute("jid", of))
                        .build());
        return answer.child("list").orElseThrow().child("user").orElseThrow();
    }

    private int count() {
        return (int) socket.request(Jid.SERVER, "get", "encrypt", Node.empty("count"))
                .child("count")
                .orElseThrow()
                .number("value")
                .orElseThrow();
    }

    @Test
    void handsOutEachOneTimeKeyOnceUnderTheAddressThatWasAskedFor() {
        assertThat(count()).isZero();
        upload(anna, socket, 4);
        assertThat(count()).as("the phone took the first").isEqualTo(3);
        List<byte[]> keys = new ArrayList<>();
        for (Jid address : List.of(anna.pn(), anna.lid(), anna.pn())) {
            Node user = bundle(address);
            assertThat(user.attributes().get("jid")).isEqualTo(address);
            assertThat(user.child("identity").orElseThrow().content()).isEqualTo(anna.identity.publicKey());
            assertThat(user.child("registration").orElseThrow().content()).isEqualTo(bytes(4, 4711));
            assertThat(SignedPreKey.verify(
                            anna.identity.publicKey(),
                            user.child("skey")
                                    .orElseThrow()
                                    .child("value")
                                    .orElseThrow()
                                    .content(),
                            user.child("skey")
                                    .orElseThrow()
                                    .child("signature")
                                    .orElseThrow()
                                    .content()))
                    .isTrue();
            assertThat(user.child("device-identity")).isPresent();
            keys.add(user.child("key").orElseThrow().child("id").orElseThrow().content());
        }
        assertThat(keys).containsExactly(bytes(3, 2), bytes(3, 3), bytes(3, 4));
        assertThat(bundle(anna.pn()).child("key")).isEmpty();
        Node low = socket.await(node -> node.is("type", "encrypt"));
        assertThat(low.child("count").orElseThrow().is("value", "3")).isTrue();
    }

    @Test
    void hasABundleForPhonesAndNoneForNobody() {
        Node phone = bundle(anna.lid().account());
        assertThat(phone.child("key")).isPresent();
        assertThat(phone.child("device-identity")).isEmpty();
        Node stored = socket.request(
                Jid.SERVER,
                "get",
                "encrypt",
                Node.element("key")
                        .child(Node.element("user").attribute("jid", anna.pn()))
                        .build());
        byte[] identity = stored.child("list")
                .flatMap(list -> list.child("user"))
                .flatMap(user -> user.child("device-identity"))
                .orElseThrow()
                .content();
        assertThat(DeviceIdentity.verify(
                        identity, phone.child("identity").orElseThrow().content(), anna.identity.publicKey()))
                .isTrue();
        assertThat(GroupsIT.error(bundle(anna.pn().withDevice(7)))).isEqualTo("404 item-not-found");
        assertThat(GroupsIT.error(bundle(Jid.pn("4912345678")))).isEqualTo("404 item-not-found");
    }

    @Test
    void refusesKeysThatAreNotTheCompanionsOwn() {
        KeyPair other = KeyPair.generate(anna.random);
        assertThat(GroupsIT.error(upload(socket, other.publicKey(), anna.signedPreKey, 1)))
                .isEqualTo("409 conflict");
        SignedPreKey forged = SignedPreKey.generate(2, other, anna.random);
        assertThat(GroupsIT.error(upload(socket, anna.identity.publicKey(), forged, 1)))
                .isEqualTo("406 not-acceptable");
        Node rotate = socket.request(
                Jid.SERVER,
                "set",
                "encrypt",
                Node.element("rotate").child(signed(forged)).build());
        assertThat(GroupsIT.error(rotate)).isEqualTo("406 not-acceptable");
        SignedPreKey next = SignedPreKey.generate(2, anna.identity, anna.random);
        assertThat(socket.request(
                                Jid.SERVER,
                                "set",
                                "encrypt",
                                Node.element("rotate").child(signed(next)).build())
                        .is("type", "result"))
                .isTrue();
        assertThat(bundle(anna.pn())
                        .child("skey")
                        .orElseThrow()
                        .child("id")
                        .orElseThrow()
                        .content())
                .isEqualTo(bytes(3, 2));
    }

    @Test
    void digestsWhatItHasOfACompanion() {
        assertThat(GroupsIT.error(socket.request(Jid.SERVER, "get", "encrypt", Node.empty("digest"))))
                .isEqualTo("404 item-not-found");
        upload(anna, socket, 3);
        Node digest = socket.request(Jid.SERVER, "get", "encrypt", Node.empty("digest"))
                .child("digest")
                .orElseThrow();
        assertThat(digest.child("list").orElseThrow().children("id")).hasSize(2);
        assertThat(digest.child("hash").orElseThrow().content()).hasSize(20);
    }

    @Test
    void whoRegistersAnewHasAnotherIdentityAndItsContactsAreTold() {
        TestCompanion bob = new TestCompanion(simulator).pair(admin, "Bob");
        admin.group("Team", "Anna", "pn", "Bob");
        byte[] before =
                bundle(bob.pn().account()).child("identity").orElseThrow().content();
        admin.done("/admin/people/Bob/register-anew", "");

        Node told = socket.await(
                node -> node.is("type", "encrypt") && node.child("identity").isPresent());
        assertThat(told.jid("from")).hasValue(bob.pn().account());
        assertThat(bundle(bob.pn().account()).child("identity").orElseThrow().content())
                .isNotEqualTo(before);
        TestSocket refused = bob.tryLogIn();
        assertThat(refused.await(node -> node.tag().equals("failure")).is("reason", "401"))
                .as("its companions are unlinked")
                .isTrue();
    }
}
