package io.greenfinch.client.group;

import io.greenfinch.client.SteppedClock;
import io.greenfinch.client.group.ScriptedWire.Reply;
import io.greenfinch.client.stanza.Answer;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.store.InMemoryLeaveIntents;
import io.greenfinch.client.time.SteppedTimers;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Timeout;

/** What the tests of leaving have in common: a scripted server, a group state, stepped time. */
@Timeout(30)
class LeaveWireScript {

    static final long INSTANCE = 7_700_000_001L;
    static final Jid GROUP = Jid.group("120363000000000001");
    static final Jid SECOND = Jid.group("120363000000000002");
    static final Jid THIRD = Jid.group("120363000000000003");

    final ScriptedWire wire = new ScriptedWire();
    final SteppedClock clock = wire.clock;
    final Instant deadline = clock.instant().plusSeconds(25);
    final FakeGroupState state = new FakeGroupState();
    final InMemoryLeaveIntents intents = new InMemoryLeaveIntents(clock);
    final SteppedTimers timers = new SteppedTimers(clock);
    final GroupLeave leave = new GroupLeave(INSTANCE, wire, state, intents, timers);

    Outcome<Departed> leave() {
        return leave.leave(List.of(GROUP), deadline).getFirst();
    }

    static Node result(Node.Builder content) {
        return Node.element("iq")
                .attribute("from", Jid.GROUP_SERVER)
                .attribute("type", "result")
                .child(content)
                .build();
    }

    static Reply left() {
        return request -> new Answer.Result(result(request.child("leave").orElseThrow().toBuilder()));
    }

    static Reply refuseEach(int code) {
        return request -> {
            Node.Builder leave = Node.element("leave");
            ScriptedWire.asked(request)
                    .forEach(group -> leave.child(
                            Node.element("group").attribute("id", group).attribute("error", code)));
            return new Answer.Result(result(leave));
        };
    }

    static Reply refuse(int code) {
        return request -> new Answer.Refused(code, "refused", Optional.empty());
    }

    static Reply listing(Jid group, Role role) {
        Node.Builder self = Node.element("participant")
                .attribute("jid", Jid.lid("900000000000001"))
                .attribute("type", role == Role.MEMBER ? "" : role == Role.ADMIN ? "admin" : "superadmin");
        return request ->
                new Answer.Result(result(metadata(group).attribute("size", 2).child(self)));
    }

    static Reply listingOthers(Jid group) {
        return listingOthers(group, 1);
    }

    /** Another member, and how many the group is said to have. */
    static Reply listingOthers(Jid group, int size) {
        return request -> new Answer.Result(result(metadata(group).attribute("size", size)));
    }

    /** Metadata that tell no members. */
    static Reply listingNobody(Jid group) {
        return request -> new Answer.Result(
                result(Node.element("group").attribute("id", group.user()).attribute("size", 0)));
    }

    static Node.Builder metadata(Jid group) {
        return Node.element("group")
                .attribute("id", group.user())
                .child(Node.element("participant").attribute("jid", Jid.lid("900000000000002")));
    }
}
