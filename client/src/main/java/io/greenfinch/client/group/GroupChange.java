package io.greenfinch.client.group;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;

/**
 * A state that a group is wished to be in (specification §16.5, §16.6). Being states and not steps, wishes may be sent
 * twice without harm, and metadata tells whether they came true.
 */
public sealed interface GroupChange {

    /** The element that asks for it. */
    Node.Builder element();

    /** Whether this group is so already. */
    boolean holdsIn(Group group);

    /** Whether this group lets members of that role do it; most takes an admin (specification §16.5, §16.6). */
    default boolean allowedTo(Role role, Group group) {
        return role.admin();
    }

    /** This name. */
    record Subject(String subject) implements GroupChange {
        @Override
        public Node.Builder element() {
            return Node.text("subject", subject).toBuilder();
        }

        @Override
        public boolean holdsIn(Group group) {
            return group.subject().equals(subject);
        }

        @Override
        public boolean allowedTo(Role role, Group group) {
            return role.admin() || !group.settings().locked();
        }

        /** Names of groups are nobody else's business. */
        @Override
        public String toString() {
            return "Subject[]";
        }
    }

    /**
     * This description; none when the text is empty.
     *
     * @param id what the new wording is called, unlike any other
     */
    record Description(String id, String text) implements GroupChange {
        @Override
        public Node.Builder element() {
            return text.isEmpty()
                    ? Node.element("description").attribute("delete", "true")
                    : Node.element("description").attribute("id", id).child(Node.text("body", text));
        }

        @Override
        public boolean holdsIn(Group group) {
            return group.settings().description().equals(text);
        }

        @Override
        public boolean allowedTo(Role role, Group group) {
            return role.admin() || !group.settings().locked();
        }

        /** Descriptions of groups are nobody else's business. */
        @Override
        public String toString() {
            return "Description[]";
        }
    }

    /** Only admins edit the group's info, or everybody does. */
    record Locked(boolean on) implements GroupChange {
        @Override
        public Node.Builder element() {
            return Node.element(on ? "locked" : "unlocked");
        }

        @Override
        public boolean holdsIn(Group group) {
            return group.settings().locked() == on;
        }
    }

    /** Only admins send, or everybody does. */
    record Announcement(boolean on) implements GroupChange {
        @Override
        public Node.Builder element() {
            return Node.element(on ? "announcement" : "not_announcement");
        }

        @Override
        public boolean holdsIn(Group group) {
            return group.settings().announcement() == on;
        }
    }

    /** Messages disappear after so many seconds; 0 for never. */
    record Ephemeral(int seconds) implements GroupChange {
        @Override
        public Node.Builder element() {
            return seconds == 0
                    ? Node.element("not_ephemeral")
                    : Node.element("ephemeral").attribute("expiration", seconds);
        }

        @Override
        public boolean holdsIn(Group group) {
            return group.settings().ephemeralSeconds() == seconds;
        }
    }

    /** Every member may add others, or only admins may. */
    record MembersAdd(boolean on) implements GroupChange {
        @Override
        public Node.Builder element() {
            return Node.text("member_add_mode", on ? "all_member_add" : "admin_add").toBuilder();
        }

        @Override
        public boolean holdsIn(Group group) {
            return group.settings().membersAdd() == on;
        }
    }

    /** Admins approve who joins, or nobody need. */
    record Approval(boolean on) implements GroupChange {
        @Override
        public Node.Builder element() {
            Node.Builder state = Node.element("group_join").attribute("state", on ? "on" : "off");
            return Node.element("membership_approval_mode").child(state);
        }

        @Override
        public boolean holdsIn(Group group) {
            return group.settings().approval() == on;
        }
    }

    /**
     * Somebody is in the group, out of it, an admin, or none.
     *
     * @param person by either name
     */
    record Member(GroupUpdate.Action action, Jid person) implements GroupChange {
        @Override
        public Node.Builder element() {
            String tag = switch (action) {
                case ADD -> "add";
                case REMOVE -> "remove";
                case PROMOTE -> "promote";
                case DEMOTE -> "demote";
            };
            return Node.element(tag).child(Node.element("participant").attribute("jid", person));
        }

        @Override
        public boolean holdsIn(Group group) {
            Role role = group.participants().stream()
                    .filter(member -> member.person().is(person))
                    .map(Participant::role)
                    .findFirst()
                    .orElse(null);
            return switch (action) {
                case ADD -> role != null;
                case REMOVE -> role == null;
                case PROMOTE -> role != null && role.admin();
                case DEMOTE -> role == Role.MEMBER;
            };
        }

        @Override
        public boolean allowedTo(Role role, Group group) {
            return role.admin()
                    || (action == GroupUpdate.Action.ADD && group.settings().membersAdd());
        }
    }
}
