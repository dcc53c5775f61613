package io.greenfinch.client.group;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.util.List;
import java.util.Optional;

/** The requests about groups, as stanzas without ids (specification §16, §17.1, §19). */
public final class GroupStanzas {

    private GroupStanzas() {}

    /** Asks for one group's metadata. */
    public static Node query(Jid group) {
        return request(group, "get", Node.element("query").attribute("request", "interactive"));
    }

    /** Asks for all groups that we are in. */
    public static Node participating() {
        Node.Builder participating =
                Node.element("participating").child(Node.empty("participants")).child(Node.empty("description"));
        return request(Jid.GROUP_SERVER, "get", participating);
    }

    /**
     * Changes a group.
     *
     * @param changes one, or several that differ in nothing but the person
     * @param known the group as it was seen last
     */
    static Node change(Jid group, List<GroupChange> changes, Optional<Group> known) {
        Node.Builder element = changes.getFirst().element(known);
        for (GroupChange another : changes.subList(1, changes.size())) {
            element.children(another.element(known).build().children());
        }
        return request(group, "set", element);
    }

    /** Leaves groups. */
    public static Node leave(List<Jid> groups) {
        Node.Builder leave = Node.element("leave");
        for (Jid group : groups) {
            leave.child(Node.element("group").attribute("id", group));
        }
        return request(Jid.GROUP_SERVER, "set", leave);
    }

    /** Leaves a community with all its groups; never together with {@link #leave} in one request. */
    public static Node leaveCommunity(Jid parent) {
        Node.Builder linked = Node.element("linked_groups").attribute("parent_group_jid", parent);
        return request(Jid.GROUP_SERVER, "set", Node.element("leave").child(linked));
    }

    /** Any request about groups, to a group or the group server. */
    public static Node request(Jid to, String type, Node.Builder content) {
        return Node.element("iq")
                .attribute("to", to)
                .attribute("type", type)
                .attribute("xmlns", "w:g2")
                .child(content)
                .build();
    }
}
