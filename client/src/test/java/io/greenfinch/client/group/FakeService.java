package io.greenfinch.client.group;

import io.greenfinch.client.stanza.Answer;
import io.greenfinch.client.stanza.FatedWire;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A service with one group in it that is locked or not, and what the session knows of the group. For one thread. */
final class FakeService extends FatedWire implements PartialGroupState {

    static final Jid GROUP = Jid.group("120363000000000001");
    static final Person SELF = new Person(Optional.of(Jid.pn("15550001001")), Optional.empty());

    static final Person GUEST = new Person(Optional.of(Jid.pn("15550001009")), Optional.empty());

    /** Nobody adds them. */
    static final Jid STRANGER = Jid.pn("15550001008");

    boolean locked;
    boolean guest;

    /** The guest has asked to be let in, or was asked for. */
    boolean waiting;

    private int version = 1;
    boolean member = true;
    Role role = Role.ADMIN;
    Optional<KnownGroup> known = Optional.empty();
    boolean outside;
    final List<GroupWatch> watches = new ArrayList<>();

    /** The group as the service has it. */
    KnownGroup group() {
        Group.Settings settings =
                new Group.Settings("", "", locked, false, 0, false, false, false, false, false, Optional.empty());
        List<Participant> people = new ArrayList<>();
        if (member) {
            people.add(new Participant(SELF, role));
        }
        if (guest) {
            people.add(new Participant(GUEST, Role.MEMBER));
        }
        Group group = new Group(
                GROUP, "", Instant.EPOCH, Optional.empty(), Instant.EPOCH, Optional.empty(), false, settings, people);
        return new KnownGroup(group, version(), version(), Instant.EPOCH);
    }

    private String version() {
        return Integer.toString(version);
    }

    /** Others bring the guest in, or take him out. */
    void guest(boolean in) {
        version += guest == in ? 0 : 1;
        guest = in;
    }

    @Override
    protected Answer carryOut(Node request) {
        if (!member) {
            return refused(403);
        }
        Node child = request.children().getFirst();
        return switch (child.tag()) {
            case "query" -> query();
            case "add" -> add(child);
            default -> change(child.tag().equals("locked"));
        };
    }

    private Answer query() {
        Node.Builder shown = Node.element("group")
                .attribute("id", GROUP)
                .attribute("p_v_id", version())
                .attribute("size", guest ? 2 : 1)
                .child(Node.element("participant")
                        .attribute("jid", SELF.pn().orElseThrow())
                        .attribute("type", role.admin() ? "admin" : ""));
        if (guest) {
            shown.child(Node.element("participant").attribute("jid", GUEST.pn()));
        }
        if (locked) {
            shown.child(Node.empty("locked"));
        }
        return result(shown);
    }

    private Answer add(Node asked) {
        Node.Builder results = Node.element("add");
        for (Node each : asked.children("participant")) {
            Jid person = each.jid("jid").orElseThrow();
            Node.Builder result = Node.element("participant").attribute("jid", person);
            if (person.equals(STRANGER)) {
                result.attribute("error", 403);
            } else {
                if (guest || waiting) {
                    result.attribute("error", 409);
                }
                guest(guest || !waiting);
            }
            results.child(result);
        }
        return result(results);
    }

    private Answer change(boolean wish) {
        if (!role.admin()) {
            return refused(401);
        }
        if (locked == wish) {
            return refused(409);
        }
        locked = wish;
        return result();
    }

    boolean holds(GroupChange wish) {
        return wish.holdsIn(group().group()).orElseThrow();
    }

    @Override
    public Optional<KnownGroup> certain(Jid group) {
        return known;
    }

    @Override
    public boolean isSelf(Person person) {
        return person.sameAs(SELF);
    }

    @Override
    public void watch(Jid group, GroupWatch watch) {
        watches.add(watch);
    }

    @Override
    public void unwatch(Jid group, GroupWatch watch) {
        watches.remove(watch);
    }

    @Override
    public void fetched(KnownGroup group, long asked) {
        known = Optional.of(group);
    }

    @Override
    public void outside(Jid group, boolean byUs, long asked) {
        outside = true;
    }
}
