package io.greenfinch.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.protocol.message.MessageEnvelope;
import io.greenfinch.protocol.pairing.DeviceListHash;
import io.greenfinch.protocol.proto.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Messages to groups in both addressing modes, and what the service refuses (specification §14.3, §16.1, §26.3). */
class GroupMessagesIT {

    private static final Message HELLO =
            Message.newBuilder().setConversation("hello all").build();

    private final Simulator simulator = Simulator.start(SimulatorSettings.defaults());
    private final TestAdmin admin = new TestAdmin(simulator.adminUrl());
    private final TestCompanion anna = new TestCompanion(simulator).pair(admin, "Anna");
    private final TestSocket socket = anna.logIn();
    private final TestSignal signal = new TestSignal(anna, socket).upload(20);

    @BeforeEach
    void createPeople() {
        List.of("Bob", "Carol").forEach(admin::person);
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    private Jid address(String person, String mode) {
        JsonNode json = admin.get("/admin/people/" + person).json();
        return Jid.parse(json.path(mode.equals("lid") ? "lid" : "jid").asString())
                .orElseThrow();
    }

    private Jid own(String mode) {
        return mode.equals("lid") ? anna.lid() : anna.pn();
    }

    /** All phones of a group, Anna's own among them. */
    private List<Jid> phones(String mode, String... others) {
        List<Jid> phones = new ArrayList<>();
        phones.add(own(mode).account());
        for (String person : others) {
            phones.add(address(person, mode));
        }
        return phones;
    }

    private Node.Builder message(String id, Jid group, List<Jid> told) {
        return message(
                id,
                group,
                told.stream()
                        .map(device -> signal.to(device, signal.groupKey(group)))
                        .toArray(Node[]::new));
    }

    private Node.Builder message(String id, Jid group, Node... copies) {
        return Node.element("message")
                .attribute("id", id)
                .attribute("to", group)
                .attribute("type", "text")
                .child(Node.element("participants").children(List.of(copies)))
                .child(signal.encryptedToGroup(group, HELLO))
                .child(Node.bytes("device-identity", anna.signedIdentity()));
    }

    private Node send(Node.Builder message) {
        Node stanza = message.build();
        socket.send(stanza);
        return socket.await(node -> node.tag().equals("ack")
                && node.is("class", "message")
                && node.is("id", stanza.attribute("id").orElseThrow()));
    }

    private JsonNode lastSeen(String person) {
        JsonNode seen = admin.get("/admin/people/" + person + "/seen").json();
        return seen.get(seen.size() - 1);
    }

    private Jid group(String mode, String... members) {
        return Jid.parse(admin.group("Team", "Anna", mode, members)).orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"lid", "pn"})
    void reachesAllPhonesOfAGroupInItsMode(String mode) {
        Jid group = group(mode, "Bob", "Carol");
        List<Jid> phones = phones(mode, "Bob", "Carol");
        List<Jid> all = new ArrayList<>(phones);
        all.add(own(mode));
        Node ack = send(message("M1", group, phones)
                .attribute("addressing_mode", mode)
                .attribute("phash", DeviceListHash.of(all)));
        assertThat(ack.has("error") || ack.has("phash")).as(ack.toString()).isFalse();
        for (String person : List.of("Anna", "Bob", "Carol")) {
            JsonNode seen = lastSeen(person);
            assertThat(seen.path("text").asString()).as(person).isEqualTo("hello all");
            assertThat(seen.path("group").asString()).isEqualTo(group.toString());
            assertThat(seen.path("from").asString()).isEqualTo("Anna");
        }
        Node receipt = socket.await(node -> node.tag().equals("receipt")
                && node.jid("participant").filter(address("Bob", mode)::equals).isPresent());
        assertThat(receipt.jid("from")).contains(group);
        assertThat(receipt.is("id", "M1") && !receipt.has("type")).isTrue();
        // Who has the key reads the next message without being told it again.
        send(message("M2", group, List.of()));
        assertThat(lastSeen("Carol").path("id").asString()).isEqualTo("M2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"lid", "pn"})
    void bringsWhatAPhoneWritesToAGroupWithItsKey(String mode) {
        Jid group = group(mode, "Bob", "Carol");
        for (String text : List.of("one", "two")) {
            admin.done("/admin/people/Bob/messages", "{\"to\":\"%s\",\"text\":\"%s\"}".formatted(group, text));
        }
        Node first = socket.await(node -> node.tag().equals("message"));
        assertThat(first.jid("from")).contains(group);
        assertThat(first.jid("participant")).contains(address("Bob", mode));
        assertThat(first.jid(mode.equals("lid") ? "participant_pn" : "participant_lid"))
                .contains(address("Bob", mode.equals("lid") ? "pn" : "lid"));
        assertThat(first.is("addressing_mode", mode) && first.is("notify", "Bob"))
                .isTrue();
        assertThat(first.children("enc"))
                .extracting(enc -> enc.attribute("type").orElse(""))
                .containsExactly("pkmsg", "skmsg");
        assertThat(signal.read(first).content().getConversation()).isEqualTo("one");
        Node second = socket.await(node -> node.tag().equals("message"));
        assertThat(second.children("enc")).hasSize(1);
        assertThat(signal.read(second).content().getConversation()).isEqualTo("two");
        assertThat(lastSeen("Carol").path("text").asString()).isEqualTo("two");
    }

    @Test
    void takesAnotherKeyAfterSomebodyLeft() {
        Jid group = group("lid", "Bob", "Carol");
        String write = "{\"to\":\"%s\",\"text\":\"hello\"}".formatted(group);
        admin.done("/admin/people/Bob/messages", write);
        MessageEnvelope before = signal.readAll(socket.await(node -> node.tag().equals("message")))
                .getFirst();
        admin.act(group.toString(), "Carol", "leave", "");
        admin.done("/admin/people/Bob/messages", write);
        MessageEnvelope after = signal.readAll(socket.await(node -> node.tag().equals("message")))
                .getFirst();
        assertThat(after.senderKey().orElseThrow().key().id())
                .isNotEqualTo(before.senderKey().orElseThrow().key().id());
        assertThat(lastSeen("Carol").path("text").asString()).isEqualTo("You left \"Team\"");
    }

    @Test
    void takesAnotherKeyAfterACompanionWasUnlinked() {
        Jid group = group("lid", "Bob", "Carol");
        TestCompanion carols = new TestCompanion(simulator).pair(admin, "Carol");
        KeysIT.upload(carols, carols.logIn(), 5);
        String write = "{\"to\":\"%s\",\"text\":\"hello\"}".formatted(group);
        admin.done("/admin/people/Bob/messages", write);
        MessageEnvelope before =
                signal.readAll(socket.await(MessageStage::message)).getFirst();
        admin.delete("/admin/devices/" + carols.pn());
        admin.done("/admin/people/Bob/messages", write);
        MessageEnvelope after =
                signal.readAll(socket.await(MessageStage::message)).getFirst();
        assertThat(after.senderKey().orElseThrow().key().id())
                .isNotEqualTo(before.senderKey().orElseThrow().key().id());
    }

    private void refused(int code, Node.Builder message) {
        Node ack = send(message);
        assertThat(ack.is("error", Integer.toString(code))).as(ack.toString()).isTrue();
        assertThat(ack.has("t")).isTrue();
    }

    @Test
    void refusesWhoMayNotWrite() {
        Jid bobs = Jid.parse(admin.group("Bobs", "Bob", "lid", "Carol")).orElseThrow();
        refused(401, message("M1", bobs, List.of()));
        refused(404, message("M2", Jid.group("1203630000"), List.of()));
        Jid announcements =
                Jid.parse(admin.group("News", "Bob", "lid", "Anna", "Carol")).orElseThrow();
        admin.act(announcements.toString(), "Bob", "announcement", ",\"on\":true");
        refused(403, message("M3", announcements, List.of()));
        assertThat(admin.post("/admin/people/Carol/messages", "{\"to\":\"" + announcements + "\",\"text\":\"x\"}")
                        .json()
                        .path("code")
                        .asInt())
                .isEqualTo(403);
        assertThat(admin.seen("Bob")).doesNotContain("hello all");
    }

    @Test
    void refusesTheWrongAddressingModeAndLidsThatAreWrittenAsNumbers() {
        Jid group = group("lid", "Bob");
        refused(421, message("M1", group, List.of()).attribute("addressing_mode", "pn"));
        refused(421, message("M2", group, List.of(address("Bob", "pn"))));
        Node copy = signal.to(address("Bob", "lid"), signal.groupKey(group));
        Jid mistaken = Jid.pn(address("Bob", "lid").user());
        refused(
                421,
                message("M3", group, copy.toBuilder().attribute("jid", mistaken).build()));
        assertThat(send(message("M4", group, phones("lid", "Bob"))).has("error"))
                .isFalse();
    }

    @Test
    void tellsOfAStaleDeviceList() {
        Jid group = group("lid", "Bob");
        List<Jid> known = new ArrayList<>(phones("lid", "Bob"));
        known.add(anna.lid());
        TestCompanion second = new TestCompanion(simulator).pair(admin, "Bob");
        Node ack = send(message("M1", group, phones("lid", "Bob")).attribute("phash", DeviceListHash.of(known)));
        known.add(second.lid());
        assertThat(ack.attribute("phash")).contains(DeviceListHash.of(known));
        // It gets the message all the same, and can only ask for the key.
        Node offline = second.logIn()
                .poll(node -> node.tag().equals("message"), Duration.ofSeconds(10))
                .orElseThrow();
        assertThat(offline.children("enc"))
                .extracting(enc -> enc.attribute("type").orElse(""))
                .containsExactly("skmsg");
        assertThat(offline.has("offline")).isTrue();
    }
}
