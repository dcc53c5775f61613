package io.greenfinch.client.change;

import io.greenfinch.client.SteppedClock;
import io.greenfinch.client.group.Group;
import io.greenfinch.client.group.GroupChange;
import io.greenfinch.client.group.KnownGroup;
import io.greenfinch.client.group.Participant;
import io.greenfinch.client.group.Person;
import io.greenfinch.client.group.Role;
import io.greenfinch.client.stanza.Answer;
import io.greenfinch.client.stanza.Exchange;
import io.greenfinch.client.stanza.Wire;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * A service with one group in it that is locked or not, on a wire without a network, and what the session knows of the group. The test orders
 * what becomes of each request; without an order all goes well. Waiting takes no time. For one thread.
 */
final class FakeService implements Wire, GroupState {

    static final Jid GROUP = Jid.group("120363000000000001");
    static final Person SELF = new Person(Optional.of(Jid.pn("15550001001")), Optional.empty());

    /** What becomes of a request. */
    enum Fate {
        WELL,
        /** Carried out, and the connection ends before the answer. */
        DONE_AND_LOST,
        LOST,
        DONE_AND_SILENT,
        SILENT,
        DONE_AND_FAILED,
        FAILED,
        LIMITED,
        FORBIDDEN,
        NOT_SENT
    }

    final SteppedClock clock = SteppedClock.atSomeTime();
    final Deque<Fate> changes = new ArrayDeque<>();
    final Deque<Fate> queries = new ArrayDeque<>();
    final List<String> asked = new ArrayList<>();
    final List<Duration> pauses = new ArrayList<>();
    boolean locked;
    boolean member = true;
    Role role = Role.ADMIN;
    Optional<KnownGroup> known = Optional.empty();
    boolean outside;

    /** The group as the service has it. */
    KnownGroup group() {
        Group.Settings settings =
                new Group.Settings("", locked, false, 0, false, false, false, false, Optional.empty());
        List<Participant> people = member ? List.of(new Participant(SELF, role)) : List.of();
        Group group = new Group(
                GROUP, "", Instant.EPOCH, Optional.empty(), Instant.EPOCH, Optional.empty(), false, settings, people);
        return new KnownGroup(group, "1", "1", Instant.EPOCH);
    }

    @Override
    public Answer ask(Node request, Instant deadline, Exchange exchange) {
        Node child = request.children().getFirst();
        boolean query = child.tag().equals("query");
        Fate fate = Optional.ofNullable((query ? queries : changes).poll()).orElse(Fate.WELL);
        if (fate == Fate.NOT_SENT || !clock.instant().isBefore(deadline)) {
            clock.set(deadline.isAfter(clock.instant()) ? deadline : clock.instant());
            return new Answer.NotSent();
        }
        asked.add(child.tag());
        exchange.sent();
        Answer answer = query ? query(fate, deadline) : change(fate, child, deadline);
        exchange.answered(answer);
        return answer;
    }

    private Answer query(Fate fate, Instant deadline) {
        if (fate != Fate.WELL) {
            return trouble(fate, deadline);
        }
        if (!member) {
            return refused(403);
        }
        Node.Builder shown = Node.element("group")
                .attribute("id", GROUP)
                .attribute("p_v_id", "1")
                .child(Node.element("participant")
                        .attribute("jid", SELF.pn().orElseThrow())
                        .attribute("type", role.admin() ? "admin" : ""));
        if (locked) {
            shown.child(Node.empty("locked"));
        }
        return result(shown);
    }

    private Answer change(Fate fate, Node child, Instant deadline) {
        boolean wish = child.tag().equals("locked");
        if (fate == Fate.WELL) {
            return carryOut(wish);
        }
        boolean done = fate == Fate.DONE_AND_LOST || fate == Fate.DONE_AND_SILENT || fate == Fate.DONE_AND_FAILED;
        if (done && member && role.admin()) {
            locked = wish;
        }
        return trouble(fate, deadline);
    }

    private Answer carryOut(boolean wish) {
        if (!member) {
            return refused(403);
        }
        if (!role.admin()) {
            return refused(401);
        }
        if (locked == wish) {
            return refused(409);
        }
        locked = wish;
        return new Answer.Result(Node.element("iq").attribute("type", "result").build());
    }

    private Answer trouble(Fate fate, Instant deadline) {
        return switch (fate) {
            case DONE_AND_LOST, LOST -> new Answer.Lost();
            case DONE_AND_SILENT, SILENT -> {
                clock.set(deadline);
                yield new Answer.Unanswered();
            }
            case DONE_AND_FAILED, FAILED -> refused(500);
            case LIMITED -> new Answer.Refused(429, "rate-overlimit", Optional.of(Duration.ofSeconds(3)));
            case FORBIDDEN -> refused(403);
            case WELL, NOT_SENT -> throw new IllegalArgumentException(fate.name());
        };
    }

    private static Answer refused(int code) {
        return new Answer.Refused(code, "", Optional.empty());
    }

    private static Answer result(Node.Builder child) {
        return new Answer.Result(
                Node.element("iq").attribute("type", "result").child(child).build());
    }

    boolean holds(GroupChange wish) {
        return wish.holdsIn(group().group());
    }

    @Override
    public boolean awaitOnline(Instant deadline) {
        return true;
    }

    @Override
    public boolean pause(Instant until) {
        pauses.add(Duration.between(clock.instant(), until));
        clock.set(until);
        return true;
    }

    @Override
    public Optional<KnownGroup> certain(Jid group) {
        return known;
    }

    @Override
    public Optional<Role> ownRole(KnownGroup described) {
        return described.group().participant(SELF).map(Participant::role);
    }

    @Override
    public void fetched(KnownGroup group) {
        known = Optional.of(group);
    }

    @Override
    public void outside(Jid group, boolean byUs) {
        outside = true;
    }
}
