package io.greenfinch.client.group;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.util.List;

/**
 * A group to be created (specification §16.3, §19).
 *
 * @param people who is to be in it besides us
 * @param community whether it is to be the parent group of a community
 * @param description empty for none
 */
record NewGroup(String subject, List<Jid> people, boolean community, String description) {

    static NewGroup of(String subject, List<Jid> people) {
        return new NewGroup(subject, people, false, "");
    }

    static NewGroup community(String subject, String description) {
        return new NewGroup(subject, List.of(), true, description);
    }

    /** The request for it; the notification of the group repeats the key. */
    Node stanza(String key) {
        Node.Builder create =
                Node.element("create").attribute("subject", subject).attribute("key", key);
        people.forEach(person -> create.child(Node.element("participant").attribute("jid", person)));
        if (!description.isEmpty()) {
            create.child(Node.element("description").attribute("id", key).child(Node.text("body", description)));
        }
        if (community) {
            // What WhatsApp's own clients ask for: admins decide who comes in.
            create.child(Node.element("parent").attribute("default_membership_approval_mode", "request_required"));
        }
        return GroupStanzas.request(Jid.GROUP_SERVER, "set", create);
    }

    /** Whether this may be that group; with a community WhatsApp makes another group of the same name. */
    boolean mayBe(Group group) {
        Group.Settings settings = group.settings();
        return group.subject().equals(subject) && settings.community() == community && !settings.defaultSubGroup();
    }

    /** Names and descriptions of groups are nobody else's business. */
    @Override
    public String toString() {
        return "NewGroup[]";
    }
}
