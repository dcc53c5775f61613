package io.greenfinch.client.group;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.util.Optional;

/**
 * A state that a group is wished to be in (specification §16.5, §16.6). Being states and not steps, wishes may be sent
 * twice without harm, and metadata tells whether they came true.
 */
public sealed interface GroupChange {

    /**
     * The element that asks for it.
     *
     * @param known the group as it was seen last
     */
    Node.Builder element(Optional<Group> known);

    /** Whether this group is so; empty when it does not tell. */
    Optional<Boolean> holdsIn(Group group);

    /** Whether this group lets members of that role do it; most takes an admin (specification §16.5, §16.6). */
    default boolean allowedTo(Role role, Group group) {
        return role.admin();
    }

    /** This name. */
    record Subject(String subject) implements GroupChange {
        @Override
        public Node.Builder element(Optional<Group> known) {
            return Node.text("subject", subject).toBuilder();
        }

        @Override
        public Optional<Boolean> holdsIn(Group group) {
            return Optional.of(group.subject().equals(subject));
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
        public Node.Builder element(Optional<Group> known) {
            Node.Builder description = text.isEmpty()
                    ? Node.element("description").attribute("delete", "true")
                    : Node.element("description").attribute("id", id).child(Node.text("body", text));
            // Without it the service takes the request for one that has not seen the present wording.
            known.map(group -> group.settings().descriptionId())
                    .filter(previous -> !previous.isEmpty())
                    .ifPresent(previous -> description.attribute("prev", previous));
            return description;
        }

        @Override
        public Optional<Boolean> holdsIn(Group group) {
            return Optional.of(group.settings().description().equals(text));
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
        public Node.Builder element(Optional<Group> known) {
            return Node.element(on ? "locked" : "unlocked");
        }

        @Override
        public Optional<Boolean> holdsIn(Group group) {
            return Optional.of(group.settings().locked() == on);
        }
    }

    /** Only admins send, or everybody does. */
    record Announcement(boolean on) implements GroupChange {
        @Override
        public Node.Builder element(Optional<Group> known) {
            return Node.element(on ? "announcement" : "not_announcement");
        }

        @Override
        public Optional<Boolean> holdsIn(Group group) {
            return Optional.of(group.settings().announcement() == on);
        }
    }

    /** Messages disappear after so many seconds; 0 for never. */
    record Ephemeral(int seconds) implements GroupChange {
        @Override
        public Node.Builder element(Optional<Group> known) {
            return seconds == 0
                    ? Node.element("not_ephemeral")
                    : Node.element("ephemeral").attribute("expiration", seconds);
        }

        @Override
        public Optional<Boolean> holdsIn(Group group) {
            return Optional.of(group.settings().ephemeralSeconds() == seconds);
        }
    }

    /** Every member may add others, or only admins may. */
    record MembersAdd(boolean on) implements GroupChange {
        @Override
        public Node.Builder element(Optional<Group> known) {
            return Node.text("member_add_mode", on ? "all_member_add" : "admin_add").toBuilder();
        }

        @Override
        public Optional<Boolean> holdsIn(Group group) {
            return Optional.of(group.settings().membersAdd() == on);
        }
    }

    /** Every member may have the invite link, or only admins may. */
    record MembersLink(boolean on) implements GroupChange {
        @Override
        public Node.Builder element(Optional<Group> known) {
            return Node.text("member_link_mode", on ? "all_member_link" : "admin_link").toBuilder();
        }

        @Override
        public Optional<Boolean> holdsIn(Group group) {
            return Optional.of(group.settings().membersLink() == on);
        }
    }

    /** Admins approve who joins, or nobody need. */
    record Approval(boolean on) implements GroupChange {
        @Override
        public Node.Builder element(Optional<Group> known) {
            Node.Builder state = Node.element("group_join").attribute("state", on ? "on" : "off");
            return Node.element("membership_approval_mode").child(state);
        }

        @Override
        public Optional<Boolean> holdsIn(Group group) {
            return Optional.of(group.settings().approval() == on);
        }
    }

    /**
     * Somebody is in the group, out of it, an admin, or none.
     *
     * @param person by either name
     */
    record Member(GroupUpdate.Action action, Jid person) implements GroupChange {

        /** The name of the element, in the request and in the answer. */
        public String tag() {
            return switch (action) {
                case ADD -> "add";
                case REMOVE -> "remove";
                case PROMOTE -> "promote";
                case DEMOTE -> "demote";
            };
        }

        @Override
        public Node.Builder element(Optional<Group> known) {
            return Node.element(tag()).child(Node.element("participant").attribute("jid", person));
        }

        @Override
        public Optional<Boolean> holdsIn(Group group) {
            Person wished = Person.of(Optional.of(person), Optional.empty()).orElseThrow();
            Optional<Role> role = group.participant(wished).map(Participant::role);
            return group.lists(wished).map(listed -> switch (action) {
                case ADD -> listed;
                case REMOVE -> !listed;
                case PROMOTE -> role.map(Role::admin).orElse(false);
                case DEMOTE -> role.map(is -> !is.admin()).orElse(false);
            });
        }

        @Override
        public boolean allowedTo(Role role, Group group) {
            return role.admin()
                    || (action == GroupUpdate.Action.ADD && group.settings().membersAdd());
        }
    }
}
