package io.greenfinch.client.group;

import io.greenfinch.client.stanza.StanzaTime;
import io.greenfinch.protocol.binary.AttributeValue;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the {@code <group>} element (specification §16.2). Takes every form that servers are known to send: ids as JID
 * or text, with or without {@code @g.us}; whatever is missing or makes no sense is as if it were not there.
 */
public final class GroupParser {

    private GroupParser() {}

    /** A group's metadata; empty when the element does not tell which group it is about. */
    public static Optional<KnownGroup> parse(Node node) {
        return groupId(node, "id").or(() -> groupId(node, "jid")).map(id -> known(id, node));
    }

    /** Metadata of a group that the surrounding stanza names; an id in the element itself has to agree. */
    public static Optional<KnownGroup> parse(Node node, Jid group) {
        Jid own = groupId(node, "id").or(() -> groupId(node, "jid")).orElse(group);
        return own.equals(group) ? Optional.of(known(group, node)) : Optional.empty();
    }

    private static KnownGroup known(Jid id, Node node) {
        String version = node.attribute("p_v_id").orElse("");
        return new KnownGroup(group(id, node), version, version, Instant.EPOCH);
    }

    /** A group's id in an attribute, in any of its forms. */
    public static Optional<Jid> groupId(Node node, String attribute) {
        AttributeValue value = node.attributes().get(attribute);
        Optional<Jid> jid = switch (value) {
            case null -> Optional.empty();
            case Jid address -> Optional.of(address);
            case AttributeValue.Text text ->
                text.value().indexOf('@') >= 0 || text.value().length() > 255
                        ? Jid.parse(text.value())
                        : Optional.of(Jid.group(text.value()));
        };
        return jid.filter(Jid::isGroup);
    }

    private static Group group(Jid id, Node node) {
        Group.Settings settings = new Group.Settings(
                node.child("description").map(GroupParser::description).orElse(""),
                node.child("description").map(GroupParser::descriptionId).orElse(""),
                node.child("locked").isPresent(),
                node.child("announcement").isPresent(),
                node.child("ephemeral").map(GroupParser::ephemeralSeconds).orElse(0),
                node.child("member_add_mode").map(GroupParser::membersAdd).orElse(true),
                node.child("member_link_mode").map(GroupParser::membersLink).orElse(false),
                node.child("membership_approval_mode")
                        .map(GroupParser::approval)
                        .orElse(false),
                node.child("parent").isPresent(),
                node.child("default_sub_group").isPresent(),
                node.child("linked_parent").flatMap(parent -> groupId(parent, "jid")));
        return new Group(
                id,
                node.attribute("subject").orElse(""),
                StanzaTime.of(node, "s_t").orElse(Instant.EPOCH),
                Person.of(node.jid("s_o"), node.jid("s_o_pn")),
                StanzaTime.of(node, "creation").orElse(Instant.EPOCH),
                Person.of(node.jid("creator"), node.jid("creator_pn")),
                node.is("addressing_mode", "lid"),
                settings,
                participants(node),
                complete(node));
    }

    /** Whether all members are listed: as many as the group says that it has (specification §17.1). */
    private static boolean complete(Node node) {
        long listed = node.children("participant").stream()
                .filter(GroupParser::isMember)
                .count();
        return listed > 0 && node.number("size").orElse(-1) == listed;
    }

    private static boolean isMember(Node participant) {
        return !participant.has("error") || participant.is("error", "200");
    }

    /** The members listed in an element, without those who carry an error: they are no members. */
    static List<Participant> participants(Node node) {
        List<Participant> members = new ArrayList<>();
        for (Node child : node.children("participant")) {
            if (isMember(child)) {
                person(child).ifPresent(person -> members.add(new Participant(person, role(child))));
            }
        }
        return members;
    }

    /** The person that a {@code <participant>} names, with the second name where it is given (specification §16.1). */
    public static Optional<Person> person(Node participant) {
        Optional<Jid> alias = participant.jid("phone_number").or(() -> participant.jid("lid"));
        return Person.of(participant.jid("jid"), alias);
    }

    private static Role role(Node participant) {
        return switch (participant.attribute("type").orElse("")) {
            case "admin" -> Role.ADMIN;
            case "superadmin" -> Role.SUPERADMIN;
            default -> Role.MEMBER;
        };
    }

    static String description(Node node) {
        return node.child("delete").isPresent()
                ? ""
                : node.child("body").orElse(node).contentText();
    }

    static String descriptionId(Node node) {
        return node.child("delete").isPresent() ? "" : node.attribute("id").orElse("");
    }

    static int ephemeralSeconds(Node node) {
        return (int) Math.min(node.number("expiration").orElse(0), Integer.MAX_VALUE);
    }

    static boolean membersAdd(Node node) {
        return node.contentText().equals("all_member_add");
    }

    static boolean membersLink(Node node) {
        return node.contentText().equals("all_member_link");
    }

    /** Being there means on; a state that says otherwise means off (specification §16.2). */
    static boolean approval(Node node) {
        return node.child("group_join").map(join -> !join.is("state", "off")).orElse(true);
    }
}
