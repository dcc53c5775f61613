package io.greenfinch.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who is there, who types, who is blocked, and what businesses tell (specification §24, §25). */
class PresencesIT {

    private final Simulator simulator = Simulator.start(SimulatorSettings.defaults());
    private final TestAdmin admin = new TestAdmin(simulator.adminUrl());
    private final TestCompanion anna = new TestCompanion(simulator).pair(admin, "Anna");
    private final TestCompanion bob = new TestCompanion(simulator).pair(admin, "Bob");
    private final TestSocket annas = anna.logIn();
    private final TestSocket bobs = bob.logIn();

    @AfterEach
    void stop() {
        simulator.close();
    }

    private static Node presence(String type) {
        return Node.element("presence").attribute("type", type).build();
    }

    private static Node presenceOf(Jid person) {
        return Node.element("presence")
                .attribute("type", "subscribe")
                .attribute("to", person)
                .build();
    }

    private static Node typing(Jid chat, String what) {
        return Node.element("chatstate")
                .attribute("to", chat)
                .child(Node.empty(what))
                .build();
    }

    /** What was sent before is taken in. */
    private static void settle(TestSocket socket) {
        socket.request(Jid.SERVER, "get", "w:p", Node.empty("ping"));
    }

    @Test
    void whoIsThereLearnsWhoElseIs() {
        Jid subject = bob.pn().account();
        annas.send(presence("available"));
        annas.send(presenceOf(subject));
        Node absent = annas.await(node -> node.tag().equals("presence"));
        assertThat(absent.jid("from")).contains(subject);
        assertThat(absent.is("type", "unavailable") && absent.is("last", "none"))
                .isTrue();

        bobs.send(presence("available"));
        assertThat(annas.await(node -> node.tag().equals("presence")).has("type"))
                .isFalse();
        bobs.send(presence("unavailable"));
        Node gone = annas.await(node -> node.tag().equals("presence"));
        assertThat(gone.number("last")).isPresent();

        admin.done("/admin/people/Bob/presence", "{\"available\":true}");
        assertThat(annas.await(node -> node.tag().equals("presence")).has("type"))
                .isFalse();
        admin.done("/admin/people/Bob/privacy", "{\"last\":\"none\"}");
        annas.send(presenceOf(subject));
        assertThat(annas.await(node -> node.tag().equals("presence")).is("last", "deny"))
                .isTrue();
    }

    @Test
    void whoIsNotThereLearnsNothing() {
        annas.send(presenceOf(bob.pn().account()));
        bobs.send(presence("available"));
        bobs.send(typing(anna.pn().account(), "composing"));
        settle(bobs);
        annas.send(presence("available"));
        settle(annas);
        bobs.send(typing(anna.pn().account(), "paused"));

        Node first =
                annas.await(node -> node.tag().equals("presence") || node.tag().equals("chatstate"));
        assertThat(first.tag()).isEqualTo("chatstate");
        assertThat(first.child("paused")).isPresent();
        assertThat(first.jid("from")).contains(bob.pn());
    }

    @Test
    void whoTypesInAGroupIsNamed() {
        Jid group = Jid.parse(admin.group("Team", "Bob", "lid", "Anna")).orElseThrow();
        annas.send(presence("available"));
        settle(annas);
        bobs.send(typing(group, "composing"));

        Node typing = annas.await(node -> node.tag().equals("chatstate"));
        assertThat(typing.jid("from")).contains(group);
        assertThat(typing.jid("participant")).contains(bob.lid());
    }

    @Test
    void otherDevicesLearnWhomThePhoneBlocks() {
        admin.done("/admin/people/Anna/privacy", "{\"block\":[\"Bob\"]}");
        Node told = annas.await(node ->
                node.is("type", "account_sync") && node.child("blocklist").isPresent());
        Node item = told.child("blocklist").orElseThrow().child("item").orElseThrow();
        assertThat(item.is("action", "block")).isTrue();
        assertThat(item.jid("jid")).contains(bob.lid().account());
    }
}
