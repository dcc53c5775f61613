package io.greenfinch.client.group;

import io.greenfinch.client.stanza.StanzaTime;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A {@code w:gp2} notification (specification §18).
 *
 * @param group the group it is about
 * @param at when it happened; empty when the stanza does not tell
 * @param actor who did it; empty when the stanza does not tell
 * @param queued true when the server kept it for us while we were not there
 */
public record GroupNotification(
        Jid group, Optional<Instant> at, Optional<Person> actor, boolean queued, List<GroupUpdate> updates) {

    public GroupNotification {
        updates = List.copyOf(updates);
    }

    /** Empty when it does not come from a group. */
    public static Optional<GroupNotification> parse(Node notification) {
        return notification.jid("from").filter(Jid::isGroup).map(group -> {
            List<GroupUpdate> updates = new ArrayList<>();
            for (Node child : notification.children()) {
                updates.add(update(group, child));
            }
            Optional<Jid> alias = notification.jid("participant_pn").or(() -> notification.jid("participant_lid"));
            return new GroupNotification(
                    group,
                    StanzaTime.of(notification, "t"),
                    Person.of(notification.jid("participant"), alias),
                    notification.has("offline"),
                    updates);
        });
    }

    private static GroupUpdate update(Jid group, Node child) {
        return switch (child.tag()) {
            case "create" ->
                child.child("group")
                        .flatMap(node -> GroupParser.parse(node, group))
                        .<GroupUpdate>map(known -> new GroupUpdate.Created(
                                known,
                                child.is("type", "new"),
                                child.attribute("key").orElse("")))
                        .orElse(new GroupUpdate.Unclear(child.tag()));
            case "add" -> members(GroupUpdate.Action.ADD, child);
            case "remove" -> members(GroupUpdate.Action.REMOVE, child);
            case "promote" -> members(GroupUpdate.Action.PROMOTE, child);
            case "demote" -> members(GroupUpdate.Action.DEMOTE, child);
            case "subject" ->
                new GroupUpdate.Subject(
                        child.attribute("subject").orElse(""),
                        StanzaTime.of(child, "s_t").orElse(Instant.EPOCH),
                        Person.of(child.jid("s_o"), child.jid("s_o_pn")));
            case "description" ->
                setting(settings ->
                        settings.withDescription(GroupParser.description(child), GroupParser.descriptionId(child)));
            case "locked" -> setting(settings -> settings.withLocked(true));
            case "unlocked" -> setting(settings -> settings.withLocked(false));
            case "announcement" -> setting(settings -> settings.withAnnouncement(true));
            case "not_announcement" -> setting(settings -> settings.withAnnouncement(false));
            case "ephemeral" -> setting(settings -> settings.withEphemeralSeconds(GroupParser.ephemeralSeconds(child)));
            case "not_ephemeral" -> setting(settings -> settings.withEphemeralSeconds(0));
            case "member_add_mode" -> setting(settings -> settings.withMembersAdd(GroupParser.membersAdd(child)));
            case "member_link_mode" -> setting(settings -> settings.withMembersLink(GroupParser.membersLink(child)));
            case "membership_approval_mode" -> setting(settings -> settings.withApproval(GroupParser.approval(child)));
            case "delete" -> new GroupUpdate.Deleted();
            case "modify", "change_number", "linked_group_promote", "linked_group_demote" ->
                new GroupUpdate.Unclear(child.tag());
            case "link" -> kinship(child, "link_type");
            case "unlink" -> kinship(child, "unlink_type");
            case "invite",
                    "revoke",
                    "membership_approval_request",
                    "created_membership_requests",
                    "revoked_membership_requests",
                    "member_share_group_history_mode",
                    "suspended",
                    "unsuspended",
                    "growth_locked",
                    "growth_unlocked" -> new GroupUpdate.Unrelated(child.tag());
            default -> new GroupUpdate.Unknown(child.tag());
        };
    }

    /** Which community a group belongs to is for its metadata to tell; of other groups of the community that says nothing. */
    private static GroupUpdate kinship(Node child, String type) {
        boolean others = child.is(type, "sub_group") || child.is(type, "sibling_group");
        return others ? new GroupUpdate.Unrelated(child.tag()) : new GroupUpdate.Unclear(child.tag());
    }

    private static GroupUpdate setting(UnaryOperator<Group.Settings> change) {
        return new GroupUpdate.Setting(change);
    }

    private static GroupUpdate members(GroupUpdate.Action action, Node child) {
        return new GroupUpdate.Members(
                action,
                child.attribute("v_id").orElse(""),
                child.attribute("prev_v_id").orElse(""),
                GroupParser.participants(child));
    }
}
