package io.greenfinch.client.group;

import io.greenfinch.client.stanza.Refusal;
import io.greenfinch.client.stanza.StanzaTime;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the results of {@link JoinStanzas} say. One without the expected content says nothing. */
final class JoinAnswers {

    private JoinAnswers() {}

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

    static Optional<Joined> joined(Node iq) {
        return joined(iq, "group", false).or(() -> joined(iq, "membership_approval_request", true));
    }

    private static Optional<Joined> joined(Node iq, String tag, boolean pending) {
        return iq.child(tag)
                .flatMap(node -> GroupParser.groupId(node, "jid").or(() -> GroupParser.groupId(node, "id")))
                .map(group -> new Joined(group, pending));
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
    static List<Node> people(Decision decision, Node iq) {
        Optional<Node> around =
                decision.wrapper().isPresent() ? iq.child(decision.wrapper().get()) : Optional.of(iq);
        return around.flatMap(node -> node.child(decision.element()))
                .map(node -> node.children("participant"))
                .orElse(List.of());
    }

    /** What a refused request to come in, or to see the group before, means. */
    static Refusal whyNotIn(int code) {
        return switch (code) {
            case 304 -> Refusal.ALREADY_A_MEMBER;
            case 400, 406 -> Refusal.NOT_VALID;
            case 404 -> Refusal.GROUP_NOT_FOUND;
            case 405 -> Refusal.REMOVED_EARLIER;
            case 409 -> Refusal.AWAITS_APPROVAL;
            case 410 -> Refusal.NO_LONGER_VALID;
            case 412, 419 -> Refusal.GROUP_FULL;
            case 423 -> Refusal.LOCKED;
            default -> Refusal.NOT_ALLOWED;
        };
    }

    /** What the code beside a person means whose request or invitation it is about. */
    static Refusal ofPerson(int code) {
        return switch (code) {
            case 404 -> Refusal.NOTHING_PENDING;
            case 409 -> Refusal.ALREADY_A_MEMBER;
            case 412, 419 -> Refusal.GROUP_FULL;
            case 423 -> Refusal.LOCKED;
            default -> Refusal.NOT_ALLOWED;
        };
    }

    /** What a refusal of all that an admin may do means, but for want of rights. */
    static Refusal ofGroup(int code) {
        return switch (code) {
            case 404, 410 -> Refusal.GROUP_NOT_FOUND;
            case 423 -> Refusal.LOCKED;
            default -> Refusal.NOT_ALLOWED;
        };
    }
}
