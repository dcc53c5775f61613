package io.greenfinch.client.group;

import io.greenfinch.client.stanza.StanzaTime;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the results of {@link DoorRequests} say. One without the expected content says nothing. */
final class DoorAnswers {

    private DoorAnswers() {}

    static Optional<InviteCode> link(Node iq) {
        return iq.child("invite").flatMap(invite -> invite.attribute("code")).flatMap(InviteCode::of);
    }

    static Optional<InvitedGroup> found(Node iq) {
        return iq.child("group").flatMap(node -> GroupParser.parse(node).map(group -> invited(node, group)));
    }

    /** The same in the answer of a group, which need not name itself. */
    static Optional<InvitedGroup> found(Node iq, Jid group) {
        return iq.child("group").flatMap(node -> GroupParser.parse(node, group).map(known -> invited(node, known)));
    }

    private static InvitedGroup invited(Node node, KnownGroup known) {
        int listed = known.group().participants().size();
        long size = node.number("size").orElse(listed);
        return new InvitedGroup(known.group(), Math.clamp(size, listed, Integer.MAX_VALUE));
    }

    static Optional<Entry> entry(Node iq) {
        return entry(iq, "group", false).or(() -> entry(iq, "membership_approval_request", true));
    }

    private static Optional<Entry> entry(Node iq, String tag, boolean pending) {
        return iq.child(tag)
                .flatMap(node -> GroupParser.groupId(node, "jid").or(() -> GroupParser.groupId(node, "id")))
                .map(group -> new Entry(group, pending));
    }

    /** Everybody who waits; those whose element names nobody are as if they were not there. */
    static Optional<List<JoinRequest>> requests(Node iq) {
        return iq.child("membership_approval_requests").map(list -> {
            List<JoinRequest> requests = new ArrayList<>();
            for (Node each : list.children("membership_approval_request")) {
                GroupParser.person(each)
                        .ifPresent(person -> requests.add(new JoinRequest(
                                person,
                                StanzaTime.of(each, "request_time").orElse(Instant.EPOCH),
                                each.jid("requestor").filter(jid -> jid.isPn() || jid.isLid()),
                                method(each))));
            }
            return List.copyOf(requests);
        });
    }

    private static JoinRequest.Method method(Node request) {
        String told = request.attribute("request_method").orElse("").toUpperCase(Locale.ROOT);
        for (JoinRequest.Method method : JoinRequest.Method.values()) {
            if (method.name().equals(told)) {
                return method;
            }
        }
        return JoinRequest.Method.OTHER;
    }

    /** The elements about the people that the request named. */
    static List<Node> people(Deed deed, Node iq) {
        Optional<Node> around =
                deed.wrapper().isPresent() ? iq.child(deed.wrapper().get()) : Optional.of(iq);
        return around.flatMap(node -> node.child(deed.element()))
                .map(node -> node.children("participant"))
                .orElse(List.of());
    }
}
