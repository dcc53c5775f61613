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

/** Prekeys, device lists and what else clients ask for after a login (specification §10.2, §12, §13). */
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
        upload(anna, socket, 3);
        assertThat(count()).isEqualTo(3);
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
        assertThat(keys).containsExactly(bytes(3, 1), bytes(3, 2), bytes(3, 3));
        assertThat(bundle(anna.pn()).child("key")).isEmpty();
        Node low = socket.await(node -> node.is("type", "encrypt"));
        assertThat(low.child("count").orElseThrow().is("value", "2")).isTrue();
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
        upload(anna, socket, 2);
        Node digest = socket.request(Jid.SERVER, "get", "encrypt", Node.empty("digest"))
                .child("digest")
                .orElseThrow();
        assertThat(digest.child("list").orElseThrow().children("id")).hasSize(2);
        assertThat(digest.child("hash").orElseThrow().content()).hasSize(20);
    }

    private Node usync(Node query, Node user) {
        Node answer = socket.request(
                Jid.SERVER,
                "get",
                "usync",
                Node.element("usync")
                        .attribute("sid", "s1")
                        .attribute("mode", "query")
                        .child(Node.element("query").child(query).child(Node.empty("lid")))
                        .child(Node.element("list").child(user))
                        .build());
        Node usync = answer.child("usync").orElseThrow();
        assertThat(usync.is("sid", "s1")).isTrue();
        return usync.child("list").orElseThrow().child("user").orElseThrow();
    }

    @Test
    void listsDevicesByEitherAlias() {
        for (Jid asked : List.of(anna.pn().account(), anna.lid().account())) {
            Node user = usync(
                    Node.element("devices").attribute("version", 2).build(),
                    Node.element("user").attribute("jid", asked).build());
            assertThat(user.attributes().get("jid")).isEqualTo(asked);
            assertThat(user.child("lid").orElseThrow().attributes().get("val"))
                    .isEqualTo(anna.lid().account());
            List<Node> devices = user.child("devices")
                    .orElseThrow()
                    .child("device-list")
                    .orElseThrow()
                    .children("device");
            assertThat(devices).hasSize(2);
            assertThat(devices.get(0).is("id", "0")).isTrue();
            assertThat(devices.get(0).has("key-index")).isFalse();
            assertThat(devices.get(1).is("id", "1") && devices.get(1).is("key-index", "1"))
                    .isTrue();
        }
    }

    @Test
    void saysWhetherANumberIsOnWhatsApp() {
        String number = anna.pn().user();
        Node known = usync(Node.empty("contact"), contact("+" + number));
        assertThat(known.jid("jid")).contains(anna.pn().account());
        assertThat(known.child("contact").orElseThrow().is("type", "in")).isTrue();
        assertThat(known.child("contact").orElseThrow().contentText()).isEqualTo("+" + number);
        Node old = usync(Node.empty("contact"), contact(number + "@c.us"));
        assertThat(old.jid("jid")).contains(anna.lid().account());
        assertThat(old.jid("pn_jid")).contains(anna.pn().account());
        assertThat(usync(Node.empty("contact"), contact("+49999999999"))
                        .child("contact")
                        .orElseThrow()
                        .is("type", "out"))
                .isTrue();
        assertThat(usync(Node.empty("contact"), contact("my aunt"))
                        .child("contact")
                        .orElseThrow()
                        .is("type", "invalid"))
                .isTrue();
    }

    private static Node contact(String text) {
        return Node.element("user").child(Node.text("contact", text)).build();
    }

    @Test
    void tellsOthersOfNewAndRemovedDevices() {
        TestCompanion bob = new TestCompanion(simulator).pair(admin, "Bob");
        admin.group("Team", "Bob", "lid", "Anna");
        TestSocket bobs = bob.logIn();
        TestCompanion second = new TestCompanion(simulator).pair(admin, "Anna");
        Node own = socket.await(node -> node.is("type", "account_sync"));
        assertThat(own.child("devices").orElseThrow().children("device")).hasSize(3);
        Node added = bobs.await(node -> node.is("type", "devices"));
        assertThat(added.jid("lid")).contains(anna.lid().account());
        assertThat(added.child("add")
                        .orElseThrow()
                        .child("device")
                        .orElseThrow()
                        .jid("jid"))
                .contains(second.pn());
        admin.delete("/admin/devices/" + second.lid());
        Node removed = bobs.await(node -> node.is("type", "devices"));
        assertThat(removed.child("remove")
                        .orElseThrow()
                        .child("device")
                        .orElseThrow()
                        .jid("lid"))
                .contains(second.lid());
    }

    @Test
    void answersWhatClientsAskForAfterALogin() {
        assertThat(socket.request(Jid.SERVER, "set", "passive", Node.empty("active"))
                        .is("type", "result"))
                .isTrue();
        assertThat(socket.request(
                                Jid.SERVER,
                                "get",
                                "abt",
                                Node.element("props").attribute("protocol", 1).build())
                        .child("props"))
                .isPresent();
        assertThat(socket.request(Jid.SERVER, "get", "blocklist").child("list")).isPresent();
        assertThat(socket.request(Jid.SERVER, "get", "privacy", Node.empty("privacy"))
                        .child("privacy")
                        .orElseThrow()
                        .children("category"))
                .isNotEmpty();
        Node media = socket.request(Jid.SERVER, "set", "w:m", Node.empty("media_conn"))
                .child("media_conn")
                .orElseThrow();
        assertThat(media.child("host").orElseThrow().has("hostname")).isTrue();
        Node collection = socket.request(
                        Jid.SERVER,
                        "set",
                        "w:sync:app:state",
                        Node.element("sync")
                                .child(Node.element("collection").attribute("name", "regular"))
                                .build())
                .child("sync")
                .orElseThrow()
                .child("collection")
                .orElseThrow();
        assertThat(collection.is("name", "regular") && collection.is("version", "0"))
                .isTrue();
        Node picture = socket.request(Jid.SERVER, "get", "w:profile:picture", Node.empty("picture"));
        assertThat(GroupsIT.error(picture)).isEqualTo("404 item-not-found");
    }

    @Test
    void refusesEveryMessageForNow() {
        socket.send(Node.element("message")
                .attribute("to", anna.pn().account())
                .attribute("id", "3EB0")
                .attribute("type", "text")
                .build());
        Node ack = socket.await(node -> node.tag().equals("ack"));
        assertThat(ack.is("class", "message") && ack.is("error", "500") && ack.has("t"))
                .isTrue();
        assertThat(ack.jid("from")).contains(anna.pn().account());
    }

    @Test
    void blocksAndTellsTheAccountsOtherCompanions() {
        admin.person("Bob");
        Jid bob = Jid.parse(admin.get("/admin/people/Bob").json().path("lid").asString())
                .orElseThrow();
        TestSocket second = new TestCompanion(simulator).pair(admin, "Anna").logIn();
        Node list = socket.request(
                        Jid.SERVER,
                        "set",
                        "blocklist",
                        Node.element("item")
                                .attribute("action", "block")
                                .attribute("jid", bob)
                                .build())
                .child("list")
                .orElseThrow();
        assertThat(list.child("item").orElseThrow().jid("jid")).contains(bob);
        second.await(node -> node.child("blocklist").isPresent());
    }
}
