package io.greenfinch.client.group;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.util.Collection;

/** The requests about invite links, invitations and join requests, as stanzas without ids (specification §16.7). */
final class JoinStanzas {

    private JoinStanzas() {}

    static Node link(Jid group) {
        return GroupStanzas.request(group, "get", Node.element("invite"));
    }

    static Node resetLink(Jid group) {
        return GroupStanzas.request(group, "set", Node.element("invite"));
    }

    static Node find(InviteCode code) {
        return GroupStanzas.request(Jid.GROUP_SERVER, "get", invite(code));
    }

    static Node join(InviteCode code) {
        return GroupStanzas.request(Jid.GROUP_SERVER, "set", invite(code));
    }

    static Node find(Invitation invitation) {
        return GroupStanzas.request(
                invitation.group(), "get", Node.element("query").child(invitation("add_request", invitation)));
    }

    static Node accept(Invitation invitation) {
        return GroupStanzas.request(invitation.group(), "set", invitation("accept", invitation));
    }

    static Node list(Jid group) {
        return GroupStanzas.request(group, "get", Node.element("membership_approval_requests"));
    }

    static Node people(Decision decision, Jid group, Collection<Jid> people) {
        Node.Builder named = Node.element(decision.element());
        people.forEach(person -> named.child(Node.element("participant").attribute("jid", person)));
        return GroupStanzas.request(
                group,
                "set",
                decision.wrapper().map(tag -> Node.element(tag).child(named)).orElse(named));
    }

    private static Node.Builder invite(InviteCode code) {
        return Node.element("invite").attribute("code", code.text());
    }

    private static Node.Builder invitation(String tag, Invitation invitation) {
        return Node.element(tag)
                .attribute("code", invitation.code())
                .attribute("expiration", invitation.expires().getEpochSecond())
                .attribute("admin", invitation.inviter());
    }
}
