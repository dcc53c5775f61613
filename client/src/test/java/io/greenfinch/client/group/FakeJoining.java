package io.greenfinch.client.group;

import io.greenfinch.client.stanza.Answer;
import io.greenfinch.client.stanza.FatedWire;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A service with one group that people come into by themselves, and what the session knows of it. For one thread. */
final class FakeJoining extends FatedWire implements PartialGroupState {

    static final Jid GROUP = Jid.group("120363000000000001");
    static final Jid SELF = Jid.lid("900000000000001");

    String code = "Code0";
    boolean approval;
    boolean banished;

    /** Who is not in the group is told that there is none. */
    boolean hidden;

    /** Answers about people name them by numbers that nobody asked for, and only the first. */
    boolean unclear;

    Role role = Role.ADMIN;
    final Set<Jid> members = new LinkedHashSet<>();
    final Set<Jid> waiting = new LinkedHashSet<>();
    final Set<Jid> invited = new LinkedHashSet<>();

    /** What is answered about somebody once, without doing anything. */
    final Map<Jid, Integer> refusals = new HashMap<>();

    Optional<KnownGroup> known = Optional.empty();
    private int resets;

    boolean member() {
        return members.contains(SELF);
    }

    KnownGroup group() {
        Group.Settings settings =
                new Group.Settings("", "", false, false, 0, false, false, approval, false, false, Optional.empty());
        List<Participant> people = members.stream()
                .map(jid -> new Participant(person(jid), jid.equals(SELF) ? role : Role.MEMBER))
                .toList();
        Group group = new Group(
                GROUP, "", Instant.EPOCH, Optional.empty(), Instant.EPOCH, Optional.empty(), true, settings, people);
        return new KnownGroup(group, "1", "1", Instant.EPOCH);
    }

    private static Person person(Jid jid) {
        return Person.of(Optional.of(jid), Optional.empty()).orElseThrow();
    }

    @Override
    protected Answer carryOut(Node request) {
        Node child = request.children().getFirst();
        boolean set = request.is("type", "set");
        if (request.jid("to").orElseThrow().equals(Jid.GROUP_SERVER)) {
            return byLink(child.attribute("code").orElse(""), set);
        }
        return switch (child.tag()) {
            case "query" -> query(child);
            case "accept" -> child.is("code", "Mine") ? enter("") : refused(406);
            case "cancel_membership_requests" -> people(child, child, waiting, false);
            default -> member() ? (role.admin() ? asAdmin(child, set) : refused(401)) : refused(403);
        };
    }

    private Answer byLink(String asked, boolean join) {
        if (!asked.equals(code)) {
            return refused(asked.startsWith("Code") ? 410 : 406);
        }
        return join ? enter("group") : result(shown(false));
    }

    private Node.Builder shown(boolean withMembers) {
        Node.Builder shown = Node.element("group")
                .attribute("id", GROUP)
                .attribute("size", members.size())
                .attribute("addressing_mode", "lid")
                .attribute("p_v_id", "1");
        if (withMembers) {
            members.forEach(jid ->
                    shown.child(participant(jid).attribute("type", jid.equals(SELF) && role.admin() ? "admin" : "")));
        }
        return shown;
    }

    private static Node.Builder participant(Jid jid) {
        return Node.element("participant").attribute("jid", jid);
    }

    private Answer query(Node child) {
        Optional<Node> invitation = child.child("add_request");
        if (invitation.isPresent()) {
            return invitation.get().is("code", "Mine") ? result(shown(false)) : refused(406);
        }
        return member() ? result(shown(true)) : refused(hidden ? 404 : 403);
    }

    /** With a tag, the answer tells how it went. */
    private Answer enter(String tag) {
        if (banished) {
            return refused(405);
        }
        if (member()) {
            return refused(304);
        }
        if (approval) {
            if (!waiting.add(SELF)) {
                return refused(409);
            }
            return tag.isEmpty() ? result() : entry("membership_approval_request");
        }
        members.add(SELF);
        role = Role.MEMBER;
        return tag.isEmpty() ? result() : entry(tag);
    }

    private static Answer entry(String tag) {
        return result(Node.element(tag).attribute("jid", GROUP));
    }

    private Answer asAdmin(Node child, boolean set) {
        return switch (child.tag()) {
            case "invite" -> {
                code = set ? "Code" + ++resets : code;
                yield result(Node.element("invite").attribute("code", code));
            }
            case "membership_approval_requests" -> {
                Node.Builder list = Node.element(child.tag());
                waiting.forEach(jid -> list.child(Node.element("membership_approval_request")
                        .attribute("jid", jid)
                        .attribute("request_time", 1_795_400_000)
                        .attribute("request_method", "invite_link")
                        .attribute("requestor", jid)));
                yield result(list);
            }
            case "membership_requests_action" -> {
                Node decision = child.children().getFirst();
                yield people(child, decision, waiting, decision.tag().equals("approve"));
            }
            case "revoke" -> people(child, child, invited, false);
            default -> refused(400);
        };
    }

    private Answer people(Node outer, Node named, Set<Jid> pending, boolean admit) {
        Node.Builder results = Node.element(named.tag());
        if (unclear) {
            Node.Builder first = participant(Jid.pn("15550009999"));
            return result(Node.element(outer.tag()).child(results.child(first)));
        }
        for (Node each : named.children("participant")) {
            Jid jid = each.jid("jid").orElseThrow();
            Integer refusal = refusals.remove(jid);
            if (refusal == null && pending.remove(jid)) {
                if (admit) {
                    members.add(jid);
                }
                results.child(participant(jid));
            } else {
                results.child(participant(jid).attribute("error", refusal == null ? 404 : refusal));
            }
        }
        return result(outer.equals(named) ? results : Node.element(outer.tag()).child(results));
    }

    @Override
    public Optional<KnownGroup> certain(Jid group) {
        return known;
    }

    @Override
    public boolean isSelf(Person person) {
        return person.is(SELF);
    }

    @Override
    public void fetched(KnownGroup group, long asked) {
        known = Optional.of(group);
    }

    @Override
    public void outside(Jid group, boolean byUs, long asked) {
        known = Optional.empty();
    }
}
