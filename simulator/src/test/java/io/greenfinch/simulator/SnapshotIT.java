package io.greenfinch.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.simulator.snapshot.SnapshotException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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
            assertThat(count.child("count").orElseThrow().is("value", "20")).isTrue();
            assertThat(admin.act(group, "Anna", "add", ",\"targets\":[\"Bob\"]").text())
                    .contains("401");
            assertThat(LeaveIT.outcomes(LeaveIT.leave(socket, group))).containsExactly("200");
            assertThat(new TestCompanion(simulator).pair(admin, "Anna").pn())
                    .isEqualTo(anna.pn().withDevice(2));
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
    void readsAFileFromBeforeThereWereJoinRequests() throws IOException {
        Path file = folder.resolve("world.json");
        String code;
        try (Simulator simulator = start(0)) {
            TestAdmin admin = new TestAdmin(simulator.adminUrl());
            admin.person("Anna");
            admin.group("Team", "Anna", "lid");
            code = admin.get("/admin/groups").json().at("/0/inviteCode").asString();
        }
        JsonNode saved = MAPPER.readTree(Files.readString(file));
        ObjectNode group = (ObjectNode) saved.at("/groups/0");
        group.remove("door");
        group.put("inviteCode", code);
        Files.writeString(file, MAPPER.writeValueAsString(saved));
        try (Simulator simulator = start(0)) {
            JsonNode read = new TestAdmin(simulator.adminUrl())
                    .get("/admin/groups")
                    .json()
                    .at("/0");
            assertThat(read.path("inviteCode").asString()).isEqualTo(code);
            assertThat(read.path("approval").asBoolean()).isFalse();
        }
    }

    @Test
    void refusesAFileThatIsSomethingElse() throws IOException {
        Files.writeString(folder.resolve("world.json"), "{\"version\":1}");
        assertThatThrownBy(() -> start(0))
                .isInstanceOf(SnapshotException.class)
                .hasMessageContaining("is not a snapshot");
    }
}
