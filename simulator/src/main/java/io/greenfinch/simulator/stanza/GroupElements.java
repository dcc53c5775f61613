package io.greenfinch.simulator.stanza;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.simulator.account.SimulatedAccount;
import io.greenfinch.simulator.group.Addressing;
import io.greenfinch.simulator.group.Description;
import io.greenfinch.simulator.group.GroupKind;
import io.greenfinch.simulator.group.GroupSetting;
import io.greenfinch.simulator.group.Member;
import io.greenfinch.simulator.group.PersonResult;
import io.greenfinch.simulator.group.SimulatedGroup;
import java.util.List;
import java.util.Optional;

/** Groups and their members as stanzas have them, in either addressing mode (specification §16.1, §16.2). */
public final class GroupElements {

    /** What a person is marked with for whom a request was carried out (specification §16.5). */
    private static final int DONE = 200;

    private GroupElements() {}

    /** All there is to say about a group. */
    public static Node metadata(SimulatedGroup group) {
        return metadata(group, List.of(), true, true);
    }

    /**
     * What there is to say about a group.
     *
     * @param refused people who are not in it, with the reason: for the answer to its creation
     * @param members whether to name its members
     * @param description whether to give its description
     */
    public static Node metadata(
            SimulatedGroup group, List<PersonResult> refused, boolean members, boolean description) {
        Addressing mode = group.addressing();
        Node.Builder node = Node.element("group")
                .attribute("id", group.id())
                .attribute("subject", group.subject())
                .attribute("creation", group.creation().getEpochSecond())
                .attribute("creator", mode.name(group.creator()))
                .attribute("s_t", group.subjectTime().getEpochSecond())
                .attribute("s_o", mode.name(group.subjectOwner()))
                .attribute("p_v_id", group.participantVersion())
                .attribute("a_v_id", group.announcementVersion())
                .attribute("size", group.members().size())
                .attribute("addressing_mode", mode.text());
        if (mode == Addressing.LID) {
            node.attribute("creator_pn", group.creator().pn());
            node.attribute("s_o_pn", group.subjectOwner().pn());
        }
        if (members) {
            group.members().forEach(member -> node.child(participant(mode, member)));
            refused.forEach(result -> node.child(participant(mode, result)));
        }
        if (description) {
            group.description().ifPresent(text -> node.child(description(mode, text)));
        }
        settings(group, node);
        return node.build();
    }

    private static void settings(SimulatedGroup group, Node.Builder node) {
        if (group.locked()) {
            node.child(Node.empty("locked"));
        }
        if (group.announcement()) {
            node.child(Node.empty("announcement"));
        }
        if (group.ephemeral() > 0) {
            node.child(setting(group, new GroupSetting.Ephemeral(group.ephemeral())));
        }
        node.child(setting(group, new GroupSetting.AdminsAdd(group.adminsAdd())));
        node.child(setting(group, new GroupSetting.MembersLink(group.access().membersLink())));
        if (group.access().approval()) {
            // Being there means on to clients, whatever its state says.
            node.child(setting(group, new GroupSetting.Approval(true)));
        }
        group.community()
                .ifPresent(community -> node.child(Node.element("linked_parent").attribute("jid", community.jid())));
        if (group.kind() == GroupKind.COMMUNITY) {
            node.child(Node.element("parent").attribute("default_membership_approval_mode", "request_required"));
        }
        if (group.kind() == GroupKind.ANNOUNCEMENTS) {
            node.child(Node.empty("default_sub_group"));
        }
    }

    /** A setting as notifications have it. */
    public static Node setting(SimulatedGroup group, GroupSetting setting) {
        return switch (setting) {
            case GroupSetting.Locked(boolean on) -> Node.empty(on ? "locked" : "unlocked");
            case GroupSetting.Announcement(boolean on) ->
                Node.element(on ? "announcement" : "not_announcement")
                        .attribute("v_id", group.announcementVersion())
                        .build();
            case GroupSetting.Ephemeral(long seconds) ->
                seconds == 0
                        ? Node.empty("not_ephemeral")
                        : Node.element("ephemeral")
                                .attribute("expiration", seconds)
                                .build();
            case GroupSetting.AdminsAdd(boolean on) ->
                Node.text("member_add_mode", on ? "admin_add" : "all_member_add");
            case GroupSetting.MembersLink(boolean on) ->
                Node.text("member_link_mode", on ? "all_member_link" : "admin_link");
            case GroupSetting.Approval(boolean on) ->
                Node.element("membership_approval_mode")
                        .child(Node.element("group_join").attribute("state", on ? "on" : "off"))
                        .build();
        };
    }

    /** The setting that a part of a request or of a notification stands for; empty when it is something else. */
    public static Optional<GroupSetting> setting(Node node) {
        return switch (node.tag()) {
            case "locked" -> Optional.of(new GroupSetting.Locked(true));
            case "unlocked" -> Optional.of(new GroupSetting.Locked(false));
            case "announcement" -> Optional.of(new GroupSetting.Announcement(true));
            case "not_announcement" -> Optional.of(new GroupSetting.Announcement(false));
            case "not_ephemeral" -> Optional.of(new GroupSetting.Ephemeral(0));
            case "ephemeral" ->
                node.number("expiration").isPresent()
                        ? Optional.of(new GroupSetting.Ephemeral(
                                node.number("expiration").getAsLong()))
                        : Optional.empty();
            case "member_add_mode" ->
                switch (node.contentText()) {
                    case "admin_add" -> Optional.of(new GroupSetting.AdminsAdd(true));
                    case "all_member_add" -> Optional.of(new GroupSetting.AdminsAdd(false));
                    default -> Optional.empty();
                };
            case "member_link_mode" ->
                switch (node.contentText()) {
                    case "all_member_link" -> Optional.of(new GroupSetting.MembersLink(true));
                    case "admin_link" -> Optional.of(new GroupSetting.MembersLink(false));
                    default -> Optional.empty();
                };
            case "membership_approval_mode" ->
                switch (node.child("group_join")
                        .flatMap(join -> join.attribute("state"))
                        .orElse("")) {
                    case "on" -> Optional.of(new GroupSetting.Approval(true));
                    case "off" -> Optional.of(new GroupSetting.Approval(false));
                    default -> Optional.empty();
                };
            default -> Optional.empty();
        };
    }

    private static Node participant(Addressing mode, Member member) {
        Node.Builder node = participant(mode, member.account());
        member.role().text().ifPresent(type -> node.attribute("type", type));
        return node.build();
    }

    /** A person, by the name the group knows them by and their other one. */
    public static Node.Builder participant(Addressing mode, SimulatedAccount account) {
        return person("participant", mode, account);
    }

    /** The same in an element with another tag. */
    public static Node.Builder person(String tag, Addressing mode, SimulatedAccount account) {
        return Node.element(tag)
                .attribute("jid", mode.name(account))
                .attribute(mode == Addressing.LID ? "phone_number" : "lid", mode.alias(account));
    }

    /** What came of a request for one person. */
    public static Node participant(Addressing mode, PersonResult result) {
        Node.Builder node = result.account()
                .map(account -> participant(mode, account))
                .orElseGet(() -> Node.element("participant").attribute("jid", result.asked()));
        result.refusal()
                .ifPresentOrElse(
                        refusal -> node.attribute("error", refusal.code()), () -> node.attribute("type", DONE));
        result.invitation()
                .ifPresent(invitation -> node.child(Node.element("add_request")
                        .attribute("code", invitation.code())
                        .attribute("expiration", invitation.expiration().getEpochSecond())));
        return node.build();
    }

    private static Node description(Addressing mode, Description text) {
        Node.Builder node = Node.element("description")
                .attribute("id", text.id())
                .attribute("participant", mode.name(text.author()))
                .attribute("t", text.at().getEpochSecond());
        if (mode == Addressing.LID) {
            node.attribute("participant_pn", text.author().pn());
        }
        return node.child(Node.text("body", text.body())).build();
    }

    /** The addresses of the {@code <participant>}s in a request; empty when one of them has none. */
    public static Optional<List<Jid>> people(Node parent) {
        List<Node> nodes = parent.children("participant");
        List<Jid> people = nodes.stream()
                .flatMap(node -> node.jid("jid").stream())
                .map(Jid::account)
                .toList();
        return people.size() == nodes.size() ? Optional.of(people) : Optional.empty();
    }
}
