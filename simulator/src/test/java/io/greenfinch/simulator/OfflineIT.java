package io.greenfinch.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What waits for a companion, until it acknowledged it (specification §15.4, §21). */
class OfflineIT {

    private final Simulator simulator = Simulator.start(SimulatorSettings.defaults());
    private final TestAdmin admin = new TestAdmin(simulator.adminUrl());
    private final TestCompanion anna = new TestCompanion(simulator).pair(admin, "Anna");

    @AfterEach
    void stop() {
        simulator.close();
    }

    private static List<Node> notifications(TestSocket socket) {
        return socket.all().stream()
                .filter(node -> node.tag().equals("notification"))
                .toList();
    }

    private int waiting() {
        return admin.get("/admin/people/Anna")
                .json()
                .at("/devices/0/unacknowledged")
                .asInt();
    }

    @Test
    void announcesAndNumbersWhatWaited() {
        admin.person("Bob");
        admin.group("One", "Bob", "lid", "Anna");
        admin.group("Two", "Bob", "pn", "Anna");
        TestSocket socket = anna.tryLogIn();
        socket.await(node -> node.tag().equals("success"));
        Node preview = socket.await(node -> node.tag().equals("ib"))
                .child("offline_preview")
                .orElseThrow();
        assertThat(preview.is("count", "2") && preview.is("notification", "2")).isTrue();
        Node offline = socket.await(node -> node.tag().equals("ib"));
        assertThat(offline.child("offline").orElseThrow().is("count", "2")).isTrue();
        assertThat(notifications(socket))
                .extracting(node -> node.attribute("offline").orElse(""))
                .containsExactly("0", "1");
    }

    @Test
    void deliversAgainWhatWasNotAcknowledged() {
        admin.person("Bob");
        admin.group("One", "Bob", "lid", "Anna");
        TestSocket first = anna.logIn();
        admin.group("Two", "Bob", "lid", "Anna");
        first.await(node -> node.toString().contains("Two"));
        Node one = notifications(first).getFirst();
        first.acknowledge(one);
        await().atMost(TestSocket.PATIENCE).until(() -> waiting() == 1);
        first.abort();
        TestSocket second = anna.logIn();
        List<Node> again = notifications(second);
        assertThat(again).hasSize(1);
        assertThat(again.getFirst().toString()).contains("Two");
        again.forEach(second::acknowledge);
        await().atMost(TestSocket.PATIENCE).until(() -> waiting() == 0);
        second.abort();
        assertThat(notifications(anna.logIn())).isEmpty();
    }

    @Test
    void acknowledgesReceipts() {
        TestSocket socket = anna.logIn();
        socket.send(Node.element("receipt")
                .attribute("id", "M1")
                .attribute("to", Jid.group("123"))
                .attribute("participant", anna.lid())
                .attribute("type", "read")
                .build());
        Node ack = socket.await(node -> node.tag().equals("ack"));
        assertThat(ack.is("class", "receipt") && ack.is("id", "M1") && ack.is("type", "read"))
                .isTrue();
        assertThat(ack.jid("from")).contains(Jid.group("123"));
        assertThat(ack.jid("participant")).contains(anna.lid());
    }

    @Test
    void showsAnOfflinePhoneWhatItMissedWhenItIsBack() {
        admin.person("Bob");
        admin.done("/admin/people/Bob/offline", "{\"offline\":true}");
        String group = admin.group("One", "Anna", "lid", "Bob");
        admin.act(group, "Anna", "leave", "");
        assertThat(admin.seen("Bob")).isEmpty();
        admin.done("/admin/people/Bob/offline", "{\"offline\":false}");
        assertThat(admin.seen("Bob"))
                .containsExactly("Anna created group \"One\"", "Anna left \"One\"", "You are now an admin of \"One\"");
    }
}
