package io.greenfinch.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.simulator.snapshot.SnapshotException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A world that is kept in a file. */
class SnapshotIT {

    private static final JsonMapper MAPPER = new JsonMapper();

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    private Simulator start(int port) {
        return Simulator.start(SimulatorSettings.defaults()
                .withSnapshot(folder.resolve("world.json"))
                .withListen(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)));
    }

    @Test
    void goesOnAfterARestart() {
        TestCompanion anna;
        String group;
        String rootKey;
        String before;
        int port;
        try (Simulator simulator = start(0)) {
            port = simulator.chatUrl().getPort();
            rootKey = simulator.rootKeyHex();
            TestAdmin admin = new TestAdmin(simulator.adminUrl());
            anna = new TestCompanion(simulator).pair(admin, "Anna");
            admin.person("Bob");
            admin.done("/admin/people/Bob/privacy", "{\"groupadd\":\"none\",\"block\":[\"Anna\"]}");
            admin.done("/admin/people/Anna/status-privacy", "{\"rule\":\"whitelist\",\"people\":[\"Bob\"]}");
            admin.person("Carol");
            TestSocket socket = anna.logIn();
            KeysIT.upload(anna, socket, 20);
            group = admin.group("Team", "Carol", "lid", "Anna");
            socket.acknowledge(socket.notice("create"));
            admin.act(group, "Carol", "description", ",\"text\":\"About us\"");
            admin.act(group, "Carol", "promote", ",\"targets\":[\"Anna\"]");
            admin.done(
                    "/admin/groups",
                    "{\"subject\":\"Town\",\"creator\":\"Bob\",\"members\":[\"Carol\"],\"community\":true}");
            socket.notice("promote");
            admin.act(group, "Carol", "approval", ",\"on\":true");
            admin.act(group, "Carol", "membersLink", ",\"on\":true");
            admin.person("Zoe");
            assertThat(admin.act(group, "Zoe", "join", "")
                            .json()
                            .path("pending")
                            .asBoolean())
                    .isTrue();
            admin.person("Yuri");
            admin.act(group, "Carol", "add", ",\"targets\":[\"Yuri\"]");
            admin.act(group, "Carol", "remove", ",\"targets\":[\"Yuri\"]");
            admin.act(group, "Carol", "reset-link", "");
            before = admin.get("/admin/groups").text();
        }
        try (Simulator simulator = start(port)) {
            assertThat(simulator.rootKeyHex()).isEqualTo(rootKey);
            TestAdmin admin = new TestAdmin(simulator.adminUrl());
            assertThat(admin.get("/admin/groups").text()).isEqualTo(before);
            assertThat(admin.act(group, "Yuri", "join", "").text()).contains("405");
            assertThat(admin.act(group, "Zoe", "join", "").text()).contains("409");
            TestSocket socket = anna.logIn();
            assertThat(socket.all()).anyMatch(node -> node.child("promote").isPresent());
            assertThat(socket.all()).noneMatch(node -> node.child("create").isPresent());
            Node count = socket.request(Jid.SERVER, "get", "encrypt", Node.empty("count"));
            assertThat(count.child("count").orElseThrow().is("value", "19"))
                    .as("its phone took one")
                    .isTrue();
            Node statuses = socket.request(Jid.SERVER, "get", "status", Node.empty("privacy"))
                    .child("privacy")
                    .flatMap(privacy -> privacy.child("list"))
                    .orElseThrow();
            assertThat(statuses.is("type", "whitelist")).isTrue();
            assertThat(statuses.children("user")).hasSize(1);
            assertThat(admin.act(group, "Anna", "add", ",\"targets\":[\"Bob\"]").text())
                    .contains("401");
            assertThat(LeaveIqIT.outcomes(LeaveIqIT.leave(socket, group))).containsExactly("200");
            assertThat(new TestCompanion(simulator).pair(admin, "Anna").pn())
                    .isEqualTo(anna.pn().withDevice(2));
        }
    }

    @Test
    void deliversAMessageOnceThoughItIsSentAgainAfterARestart() {
        Node greeting;
        TestCompanion anna;
        int port;
        try (Simulator simulator = start(0)) {
            port = simulator.chatUrl().getPort();
            TestAdmin admin = new TestAdmin(simulator.adminUrl());
            anna = new TestCompanion(simulator).pair(admin, "Anna");
            TestSocket socket = anna.logIn();
            TestSignal signal = new TestSignal(anna, socket).upload(3);
            admin.person("Bob");
            admin.done("/admin/people/Bob/offline", "{\"offline\":true}");
            Jid bob = Jid.parse(
                            admin.get("/admin/people/Bob").json().path("jid").asString())
                    .orElseThrow();
            greeting = Node.element("message")
                    .attribute("id", "M1")
                    .attribute("to", bob)
                    .child(Node.element("participants").child(signal.to(bob, MessageStage.HELLO)))
                    .child(Node.bytes("device-identity", anna.signedIdentity()))
                    .build();
            socket.send(greeting);
            socket.await(node -> node.tag().equals("ack"));
        }
        try (Simulator simulator = start(port)) {
            TestAdmin admin = new TestAdmin(simulator.adminUrl());
            TestSocket socket = anna.logIn();
            assertThat(socket.all()).as("it was welcomed before").noneMatch(MessageStage::message);
            admin.done("/admin/people/Bob/offline", "{\"offline\":false}");
            assertThat(admin.seen("Bob")).as("the phone has its keys").containsExactly("hello");
            socket.send(greeting);
            assertThat(socket.await(node -> node.tag().equals("ack")).has("error"))
                    .isFalse();
            assertThat(admin.seen("Bob")).containsExactly("hello");
        }
    }

    @Test
    void isWrittenSoonAfterAChangeForItsOwnerOnly() throws IOException {
        try (Simulator simulator = start(0)) {
            new TestAdmin(simulator.adminUrl()).person("Zoe");
            Path file = folder.resolve("world.json");
            await().atMost(TestSocket.PATIENCE)
                    .until(() -> Files.readString(file).contains("Zoe"));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void isNotWrittenForAnAcknowledgement() {
        try (Simulator simulator = start(0)) {
            TestAdmin admin = new TestAdmin(simulator.adminUrl());
            TestCompanion anna = new TestCompanion(simulator).pair(admin, "Anna");
            TestSocket socket = anna.logIn();
            admin.person("Bob");
            admin.group("Team", "Bob", "lid", "Anna");
            FileTime before = quiet();

            socket.acknowledge(socket.notice("create"));
            await().atMost(TestSocket.PATIENCE)
                    .until(() -> admin.get("/admin/people/Anna")
                                    .json()
                                    .at("/devices/0/unacknowledged")
                                    .asInt()
                            == 0);

            assertThat(quiet()).isEqualTo(before);
            admin.person("Carol");
            await().atMost(TestSocket.PATIENCE).until(() -> !written().equals(before));
        }
    }

    private FileTime written() throws IOException {
        return Files.getLastModifiedTime(folder.resolve("world.json"));
    }

    /** When the file was written last, once nothing is due to be written any more. */
    private FileTime quiet() {
        AtomicReference<FileTime> last = new AtomicReference<>(FileTime.fromMillis(0));
        await().during(Duration.ofSeconds(1)).atMost(TestSocket.PATIENCE).until(() -> {
            FileTime now = written();
            return last.getAndSet(now).equals(now);
        });
        return last.get();
    }

    @Test
    void keepsWhatAnOfflinePhoneHasNotRead() {
        try (Simulator simulator = start(0)) {
            TestAdmin admin = new TestAdmin(simulator.adminUrl());
            admin.person("Anna");
            admin.person("Bob");
            String group = admin.group("Team", "Anna", "lid", "Bob");
            admin.done("/admin/people/Bob/offline", "{\"offline\":true}");
            admin.act(group, "Anna", "subject", ",\"text\":\"Crew\"");
            admin.act(group, "Anna", "leave", "");
        }
        try (Simulator simulator = start(0)) {
            TestAdmin admin = new TestAdmin(simulator.adminUrl());
            assertThat(admin.seen("Bob")).isEmpty();
            admin.done("/admin/people/Bob/offline", "{\"offline\":false}");
            assertThat(admin.seen("Bob")).contains("Anna left \"Crew\"", "You are now an admin of \"Crew\"");
        }
    }

    @Test
    void readsAFileOfVersion2() throws IOException {
        try (InputStream old = Objects.requireNonNull(getClass().getResourceAsStream("snapshot-of-version-2.json"))) {
            Files.copy(old, folder.resolve("world.json"));
        }
        try (Simulator simulator = start(0)) {
            TestAdmin admin = new TestAdmin(simulator.adminUrl());
            JsonNode anna = admin.get("/admin/people/Anna").json();
            assertThat(anna.at("/devices/0/preKeys").asInt()).isEqualTo(3);
            assertThat(anna.at("/devices/0/unacknowledged").asInt()).isPositive();
            assertThat(admin.get("/admin/people/Bob").json().path("online").asBoolean())
                    .isFalse();
            JsonNode group = admin.get("/admin/groups").json().at("/0");
            assertThat(group.path("inviteCode").asString()).isEqualTo("btWxx8QsH1aCHW1_VqE4Dg");
            assertThat(group.path("members").values())
                    .extracting(member -> member.path("rank").asString())
                    .containsExactly("superadmin", "admin");
            assertThat(group.at("/requests/0/name").asString()).isEqualTo("Zoe");
        }
    }

    @Test
    void readsAFileFromBeforeThereWereJoinRequests() throws IOException {
        JsonNode saved;
        try (InputStream old = Objects.requireNonNull(getClass().getResourceAsStream("snapshot-of-version-2.json"))) {
            saved = MAPPER.readTree(old);
        }
        ((ObjectNode) saved).remove("pictures");
        ObjectNode group = (ObjectNode) saved.at("/groups/0");
        group.remove("door");
        group.put("inviteCode", "code-of-old");
        Files.writeString(folder.resolve("world.json"), MAPPER.writeValueAsString(saved));
        try (Simulator simulator = start(0)) {
            JsonNode read = new TestAdmin(simulator.adminUrl())
                    .get("/admin/groups")
                    .json()
                    .at("/0");
            assertThat(read.path("inviteCode").asString()).isEqualTo("code-of-old");
            assertThat(read.path("approval").asBoolean()).isFalse();
        }
    }

    @Test
    void refusesAFileOfANewerVersion() throws IOException {
        Files.writeString(folder.resolve("world.json"), "{\"version\":9}");
        assertThatThrownBy(() -> start(0)).isInstanceOf(SnapshotException.class).hasMessageContaining("version 9");
    }

    @Test
    void refusesAFileThatIsSomethingElse() throws IOException {
        Files.writeString(folder.resolve("world.json"), "{\"version\":1}");
        assertThatThrownBy(() -> start(0))
                .isInstanceOf(SnapshotException.class)
                .hasMessageContaining("is not a snapshot");
    }
}
