package io.greenfinch.client;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.util.List;
import java.util.Random;

/** Stanzas made of the right words in the wrong places. */
public final class HostileStanzas {

    private static final List<String> TAGS = List.of(
            "notification",
            "iq",
            "message",
            "receipt",
            "call",
            "ib",
            "ack",
            "presence",
            "group",
            "participant",
            "participants",
            "create",
            "add",
            "remove",
            "promote",
            "demote",
            "modify",
            "subject",
            "description",
            "body",
            "delete",
            "locked",
            "announcement",
            "ephemeral",
            "member_add_mode",
            "membership_approval_mode",
            "group_join",
            "link",
            "unlink",
            "invite",
            "revoke",
            "membership_approval_request",
            "created_membership_requests",
            "requested_user",
            "revoked_membership_requests",
            "member_link_mode",
            "suspended",
            "growth_locked",
            "unlocked",
            "not_announcement",
            "not_ephemeral",
            "change_number",
            "something_new",
            "leave",
            "groups",
            "count",
            "offline",
            "offline_preview",
            "dirty",
            "error",
            "parent",
            "linked_parent",
            "default_sub_group",
            "pair-success",
            "encrypt",
            "enc",
            "retry",
            "keys",
            "registration",
            "list",
            "item",
            "user",
            "tokens",
            "token",
            "unavailable",
            "blocklist",
            "x");

    /** From here on they are what notifications of groups have in them, up to "leave". */
    private static final int INSIDE = TAGS.indexOf("group");

    private static final List<String> ATTRIBUTES = List.of(
            "id",
            "from",
            "to",
            "type",
            "participant",
            "participant_pn",
            "participant_lid",
            "jid",
            "lid",
            "phone_number",
            "subject",
            "s_t",
            "s_o",
            "s_o_pn",
            "creation",
            "creator",
            "creator_pn",
            "v_id",
            "prev_v_id",
            "p_v_id",
            "a_v_id",
            "t",
            "addressing_mode",
            "error",
            "code",
            "backoff",
            "expiration",
            "state",
            "link_type",
            "unlink_type",
            "request_method",
            "count",
            "value",
            "offline",
            "xmlns",
            "recipient",
            "timestamp",
            "sender_lid",
            "sender_pn",
            "peer_recipient_pn",
            "notify",
            "category",
            "v",
            "key",
            "reason");

    private static final List<String> VALUES = List.of(
            "w:gp2",
            "pkmsg",
            "msg",
            "skmsg",
            "msmsg",
            "retry",
            "read",
            "peer",
            "trusted_contact",
            "privacy_token",
            "encrypt",
            "result",
            "error",
            "set",
            "get",
            "new",
            "lid",
            "pn",
            "admin",
            "superadmin",
            "on",
            "off",
            "groups",
            "sub_group",
            "parent_group",
            "0",
            "1",
            "5",
            "6",
            "-1",
            "999999999999999999",
            "99999999999999999999",
            "1795400000",
            "403",
            "200",
            "@",
            "@g.us",
            "x:70000@s.whatsapp.net",
            "a.b:1@lid",
            "120363000000000001",
            "120363000000000001@g.us",
            "900000000000001@lid",
            "15550001001@s.whatsapp.net",
            "☃",
            " ");

    private static final List<Jid> JIDS = List.of(
            Jid.group("120363000000000001"),
            Jid.group("120363000000000002"),
            Jid.lid("900000000000001"),
            Jid.lid("900000000000002"),
            Jid.pn("15550001001"),
            Jid.pn("anna"),
            new Jid("900000000000002", 7, Jid.LIDS, 0),
            Jid.SERVER,
            Jid.GROUP_SERVER,
            new Jid("5", 300, Jid.MESSENGER, 0));

    private final Random random;

    public HostileStanzas(long seed) {
        random = new Random(seed);
    }

    /** A stanza of any kind. */
    Node any() {
        return element(TAGS.get(random.nextInt(TAGS.size())), 4);
    }

    /** A group notification whose inside makes no sense. */
    public Node groupNotification() {
        Node.Builder notification = Node.element("notification")
                .attribute("type", "w:gp2")
                .attribute("from", JIDS.get(random.nextInt(2)))
                .attribute("participant", JIDS.get(random.nextInt(JIDS.size())));
        for (int i = random.nextInt(3); i >= 0; i--) {
            notification.child(element(TAGS.get(INSIDE + random.nextInt(TAGS.indexOf("leave") - INSIDE)), 3));
        }
        return notification.build();
    }

    /** A picture notification whose inside makes no sense. */
    Node pictureNotification() {
        Node.Builder notification = Node.element("notification")
                .attribute("type", "picture")
                .attribute("from", JIDS.get(random.nextInt(JIDS.size())));
        for (int i = random.nextInt(3); i >= 0; i--) {
            Node.Builder change = element(List.of("set", "delete", "add", "x").get(random.nextInt(4)), 1).toBuilder();
            if (random.nextBoolean()) {
                change.attribute("author", JIDS.get(random.nextInt(JIDS.size())));
            }
            notification.child(change);
        }
        return notification.build();
    }

    /** A message, a receipt or a token whose inside makes no sense. */
    Node messageOrReceipt() {
        String tag = List.of("message", "receipt", "notification").get(random.nextInt(3));
        Node.Builder stanza = attributes(Node.element(tag))
                .attribute("id", "h" + random.nextInt(50))
                .attribute("from", JIDS.get(random.nextInt(JIDS.size())));
        if (tag.equals("notification")) {
            stanza.attribute("type", "privacy_token").child(element("tokens", 2));
        } else if (tag.equals("receipt")) {
            stanza.attribute("type", List.of("", "read", "retry", "x").get(random.nextInt(4)))
                    .attribute("participant", JIDS.get(random.nextInt(JIDS.size())))
                    .child(element(
                            List.of("retry", "list", "participants", "keys").get(random.nextInt(4)), 2));
        } else {
            stanza.attribute("participant", JIDS.get(random.nextInt(JIDS.size())));
            for (int i = random.nextInt(4); i > 0; i--) {
                byte[] nonsense = new byte[random.nextInt(90)];
                random.nextBytes(nonsense);
                if (nonsense.length > 0) {
                    nonsense[0] = 0x33;
                }
                stanza.child(Node.element("enc")
                        .attribute("v", "2")
                        .attribute("type", List.of("msg", "pkmsg", "skmsg", "x").get(random.nextInt(4)))
                        .bytes(nonsense));
            }
        }
        return stanza.build();
    }

    private Node.Builder attributes(Node.Builder element) {
        for (int i = random.nextInt(6); i > 0; i--) {
            String name = ATTRIBUTES.get(random.nextInt(ATTRIBUTES.size()));
            if (random.nextBoolean()) {
                element.attribute(name, JIDS.get(random.nextInt(JIDS.size())));
            } else {
                element.attribute(name, VALUES.get(random.nextInt(VALUES.size())));
            }
        }
        return element;
    }

    private Node element(String tag, int depth) {
        Node.Builder element = Node.element(tag);
        attributes(element);
        if (random.nextInt(4) == 0) {
            byte[] content = new byte[1 + random.nextInt(20)];
            random.nextBytes(content);
            element.bytes(content);
        } else if (depth > 0) {
            for (int i = random.nextInt(4); i > 0; i--) {
                element.child(element(TAGS.get(random.nextInt(TAGS.size())), depth - 1));
            }
        }
        return element.build();
    }
}
