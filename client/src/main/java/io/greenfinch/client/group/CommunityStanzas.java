package io.greenfinch.client.group;

import io.greenfinch.client.stanza.Answer;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The requests about the groups of communities, and what their results say (specification §19). */
final class CommunityStanzas {

    private CommunityStanzas() {}

    static Node groups(Jid community) {
        return GroupStanzas.request(community, "get", Node.element("sub_groups"));
    }

    /** Puts groups into a community, or takes them out. */
    static Node link(Jid community, boolean in, List<Jid> groups) {
        Node.Builder named = in
                ? Node.element("link").attribute("link_type", "sub_group")
                : Node.element("unlink").attribute("unlink_type", "sub_group");
        groups.forEach(group -> named.child(Node.element("group").attribute("jid", group)));
        return GroupStanzas.request(community, "set", in ? Node.element("links").child(named) : named);
    }

    /** The groups in a result; those whose element names none are as if they were not there. */
    static Optional<List<CommunityGroup>> listed(Node iq) {
        return iq.child("sub_groups").map(list -> {
            List<CommunityGroup> groups = new ArrayList<>();
            for (Node each : list.children("group")) {
                GroupParser.groupId(each, "id")
                        .or(() -> GroupParser.groupId(each, "jid"))
                        .ifPresent(id -> groups.add(new CommunityGroup(
                                id,
                                each.attribute("subject").orElse(""),
                                each.child("default_sub_group").isPresent(),
                                size(each))));
            }
            return List.copyOf(groups);
        });
    }

    private static OptionalInt size(Node group) {
        long size = group.number("size").orElse(-1);
        return size < 0 || size > Integer.MAX_VALUE ? OptionalInt.empty() : OptionalInt.of((int) size);
    }

    /** The code that a result has for a group: 200 without an error; 0 when nothing can be understood. */
    static int code(boolean in, Jid group, Node iq) {
        Optional<Node> around = in ? iq.child("links").flatMap(links -> links.child("link")) : iq.child("unlink");
        return around.map(node -> node.children("group")).orElse(List.of()).stream()
                .filter(each -> GroupParser.groupId(each, "jid").equals(Optional.of(group)))
                .findFirst()
                .map(each -> each.has("error") ? Answer.code(each, "error") : 200)
                .orElse(0);
    }
}
