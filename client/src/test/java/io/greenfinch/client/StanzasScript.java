package io.greenfinch.client;

import static io.greenfinch.client.SessionFixture.until;

import io.greenfinch.client.store.StateKind;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** What the tests of incoming stanzas have in common: a linked session that knows one group. */
@Timeout(60)
class StanzasScript {

    static final Jid BOB = new Jid("900000000000002", 1, Jid.LIDS, 0);

    SessionFixture fixture;
    FakeGroups groups;
    Jid group;

    @BeforeEach
    void begin() {
        fixture = new SessionFixture();
        groups = new FakeGroups(fixture.server);
        group = groups.add("member");
        fixture.linked();
        until(() -> fixture.session().groups().cached(group).isPresent());
        until(() -> fixture.store.load(SessionFixture.INSTANCE, StateKind.GROUP).size() == 1);
    }

    @AfterEach
    void end() {
        fixture.close();
    }

    FakeConnection server() {
        return fixture.server.last();
    }

    boolean received(Predicate<Node> kind) {
        return fixture.server.received().stream().anyMatch(kind);
    }

    static String kind(Node request) {
        return request.children().isEmpty() ? "" : request.children().getFirst().tag();
    }

    static Predicate<Node> ack(String id) {
        return node -> node.tag().equals("ack") && node.is("id", id);
    }

    static Node receipt(String id) {
        return Node.element("receipt")
                .attribute("from", BOB)
                .attribute("id", id)
                .attribute("t", 1795400000)
                .build();
    }

    Node setting(String id, boolean locked) {
        return notification(id)
                .child(Node.empty(locked ? "locked" : "unlocked"))
                .build();
    }

    Node addition(String id, int previous, int version) {
        return notification(id)
                .child(Node.element("add")
                        .attribute("v_id", 1795400000000000L + version)
                        .attribute("prev_v_id", 1795400000000000L + previous)
                        .child(Node.element("participant").attribute("jid", Jid.lid("900000000000003"))))
                .build();
    }

    Node.Builder notification(String id) {
        return Node.element("notification")
                .attribute("from", group)
                .attribute("type", "w:gp2")
                .attribute("id", id)
                .attribute("participant", FakeGroups.BOB)
                .attribute("t", 1795400000);
    }
}
