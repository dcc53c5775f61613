package io.greenfinch.client.group;

import io.greenfinch.client.stanza.Answer;
import io.greenfinch.client.stanza.FatedWire;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A service with one community in it, or with a group that is none. For one thread. */
final class FakeCommunity extends FatedWire implements PartialGroupState {

    static final Jid COMMUNITY = Jid.group("120363000000000009");
    static final Jid CHOIR = Jid.group("120363000000000001");
    static final Jid CHESS = Jid.group("120363000000000002");

    /** Belongs to another community. */
    static final Jid TAKEN = Jid.group("120363000000000003");

    static final Jid NOBODY = Jid.group("120363000000000004");

    private static final Person SELF = new Person(Optional.of(Jid.pn("15550001001")), Optional.empty());

    final Set<String> linked = new TreeSet<>();
    boolean community = true;
    boolean member = true;
    Role role = Role.ADMIN;
    Role groupRole = Role.ADMIN;

    boolean has(Jid group) {
        return linked.contains(group.toString());
    }

    @Override
    protected Answer carryOut(Node request) {
        Node child = request.children().getFirst();
        Jid to = request.jid("to").orElseThrow();
        if (child.tag().equals("query")) {
            return to.equals(COMMUNITY) && !member ? refused(403) : described(to);
        }
        if (!member) {
            return refused(403);
        }
        if (!community) {
            return refused(404);
        }
        return switch (child.tag()) {
            case "sub_groups" -> listed();
            case "links" ->
                change(
                        child.child("link").orElseThrow(),
                        true,
                        Node.element("link").attribute("link_type", "sub_group"));
            default -> change(child, false, Node.element("unlink"));
        };
    }

    private Answer described(Jid group) {
        boolean parent = group.equals(COMMUNITY);
        Node.Builder shown = Node.element("group")
                .attribute("id", group)
                .attribute("size", 1)
                .child(Node.element("participant")
                        .attribute("jid", SELF.pn().orElseThrow())
                        .attribute("type", (parent ? role : groupRole).admin() ? "admin" : ""));
        if (parent && community) {
            shown.child(Node.empty("parent"));
        }
        return result(shown);
    }

    private Answer listed() {
        Node.Builder groups = Node.element("sub_groups");
        linked.forEach(group -> groups.child(Node.element("group")
                .attribute("id", Jid.parse(group).orElseThrow().user())));
        return result(groups);
    }

    private Answer change(Node asked, boolean in, Node.Builder around) {
        if (!role.admin()) {
            return refused(401);
        }
        for (Node each : asked.children("group")) {
            Jid group = each.jid("jid").orElseThrow();
            Node.Builder told = Node.element("group").attribute("jid", group);
            int code = in ? link(group) : unlink(group);
            if (code != 200) {
                told.attribute("error", code);
            }
            around.child(told);
        }
        return result(in ? Node.element("links").child(around) : around);
    }

    private int link(Jid group) {
        if (group.equals(NOBODY)) {
            return 404;
        }
        if (!groupRole.admin()) {
            return 401;
        }
        return group.equals(TAKEN) || !linked.add(group.toString()) ? 409 : 200;
    }

    private int unlink(Jid group) {
        return linked.remove(group.toString()) ? 200 : 404;
    }

    @Override
    public boolean isSelf(Person person) {
        return person.sameAs(SELF);
    }
}
