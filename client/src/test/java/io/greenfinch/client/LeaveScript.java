package io.greenfinch.client;

import static io.greenfinch.client.SessionFixture.calling;
import static io.greenfinch.client.SessionFixture.until;

import io.greenfinch.client.SessionEvent.GroupAction;
import io.greenfinch.client.SessionEvent.GroupMembersChanged;
import io.greenfinch.client.group.Departed;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.store.StateKind;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** What the tests of leaving over a real connection have in common. */
@Timeout(60)
class LeaveScript {

    SessionFixture fixture;
    FakeGroups groups;

    @BeforeEach
    void begin() {
        fixture = new SessionFixture();
        groups = new FakeGroups(fixture.server);
    }

    @AfterEach
    void end() {
        fixture.close();
    }

    void link() {
        fixture.linked();
        until(() -> groups.ids().stream()
                .allMatch(group -> fixture.session().groups().cached(group).isPresent()));
        until(() -> fixture.store.load(SessionFixture.INSTANCE, StateKind.GROUP).size()
                == groups.ids().size());
    }

    Outcome<Departed> leave(Jid group) {
        return fixture.session().groups().leave(List.of(group), fixture.soon()).getFirst();
    }

    /** Leaves while time passes. */
    Outcome<Departed> stepped(Jid group) {
        return step(calling(() -> leave(group)));
    }

    Outcome<Departed> step(CompletableFuture<Outcome<Departed>> outcome) {
        until(() -> {
            fixture.timers.advance(Duration.ofMillis(100));
            return outcome.isDone();
        });
        return outcome.join();
    }

    List<GroupMembersChanged> leaveEvents() {
        return fixture.sink.events.stream()
                .filter(GroupMembersChanged.class::isInstance)
                .map(GroupMembersChanged.class::cast)
                .filter(event -> event.action() == GroupAction.LEFT && event.self())
                .toList();
    }

    static Node echo(Jid group, Jid actor) {
        return Node.element("notification")
                .attribute("from", group)
                .attribute("type", "w:gp2")
                .attribute("id", "echo")
                .attribute("participant", actor)
                .attribute("t", 1795400000)
                .child(Node.element("remove")
                        .attribute("v_id", 1795400000000002L)
                        .attribute("prev_v_id", 1795400000000001L)
                        .child(Node.element("participant")
                                .attribute("jid", FakePhone.LID.account())
                                .attribute("phone_number", FakePhone.PN.account())))
                .build();
    }
}
