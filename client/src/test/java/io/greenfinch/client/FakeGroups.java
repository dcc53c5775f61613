package io.greenfinch.client;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/**
 * Groups on the {@link FakeServer}, as a well-behaved server treats them; single answers can be scripted in front of
 * that.
 */
final class FakeGroups {

    static final Jid BOB = Jid.lid("900000000000002");
    static final Jid BOB_PN = Jid.pn("15550001002");

    private final FakeServer server;
    private final Map<Jid, String> roles = new ConcurrentHashMap<>(new LinkedHashMap<>());
    private final Map<Jid, Function<Node, List<Node>>> queries = new ConcurrentHashMap<>();
    private final List<Function<Node, List<Node>>> leaves = new CopyOnWriteArrayList<>();
    final List<Node> leaveRequests = new CopyOnWriteArrayList<>();
    final List<Node> queryRequests = new CopyOnWriteArrayList<>();
    private final Map<String, Function<Node, List<Node>>> others = new ConcurrentHashMap<>();
    private volatile boolean listed = true;

    FakeGroups(FakeServer server) {
        this.server = server;
        server.script(this::answer);
    }

    /** Links the session, and waits until it knows these groups. */
    static void link(SessionFixture fixture, Jid... known) {
        fixture.linked();
        fixture.awaitStanza(node -> node.child("participating").isPresent());
        for (Jid group : known) {
            SessionFixture.until(() -> fixture.session().groups().cached(group).isPresent());
        }
    }

    /** A group of Bob and us in this role. */
    Jid add(String role) {
        Jid group = Jid.group("12036300000000000" + (roles.size() + 1));
        roles.put(group, role);
        return group;
    }

    /** From now on we are in this group. */
    void put(Jid group, String role) {
        roles.put(group, role);
    }

    /** From now on we are not in this group any more. */
    void drop(Jid group) {
        roles.remove(group);
    }

    List<Jid> ids() {
        return List.copyOf(roles.keySet());
    }

    boolean has(Jid group) {
        return roles.containsKey(group);
    }

    /** The list of groups stays empty, so that sessions know none of them. */
    void hide() {
        listed = false;
    }

    /** The next leave is answered like this; each call adds one more. */
    void nextLeave(Function<Node, List<Node>> answer) {
        leaves.add(answer);
    }

    /** Queries of this group are answered like this. */
    void query(Jid group, Function<Node, List<Node>> answer) {
        queries.put(group, answer);
    }

    /** Queries of this group are answered truthfully again. */
    void queryTruthfully(Jid group) {
        queries.remove(group);
    }

    /** The list of our groups is answered like this. */
    void participating(Function<Node, List<Node>> answer) {
        others.put("participating", answer);
    }

    /** The list of our groups is answered truthfully again. */
    void participatingTruthfully() {
        others.remove("participating");
    }

    /** New groups are answered like this. */
    void creating(Function<Node, List<Node>> answer) {
        others.put("create", answer);
    }

    /** Invite codes are answered like this. */
    void inviting(Function<Node, List<Node>> answer) {
        others.put("invite", answer);
    }

    /** For {@link FakeServer#script}. */
    List<Node> answer(Node request) {
        if (!request.is("xmlns", "w:g2")) {
            return FakeServer.PASS;
        }
        Function<Node, List<Node>> other =
                others.get(request.children().getFirst().tag());
        if (other != null) {
            return other.apply(request);
        }
        if (request.child("leave").isPresent()) {
            leaveRequests.add(request);
            return leaves.isEmpty() ? obey(request) : leaves.removeFirst().apply(request);
        }
        if (request.child("query").isPresent()) {
            queryRequests.add(request);
            Jid group = request.jid("to").orElseThrow();
            return queries.getOrDefault(group, this::truth).apply(request);
        }
        if (request.child("participating").isPresent()) {
            Node.Builder all = Node.element("groups");
            if (listed) {
                roles.keySet().forEach(group -> all.child(metadata(group)));
            }
            return List.of(FakeConnection.result(request).child(all).build());
        }
        return FakeServer.PASS;
    }

    /** Does what is asked, and says so. */
    List<Node> obey(Node request) {
        Node.Builder leave = Node.element("leave");
        for (Jid group : asked(request)) {
            Node.Builder result = Node.element("group").attribute("id", group);
            if (roles.remove(group) == null) {
                result.attribute("error", 403);
            }
            leave.child(result);
        }
        return List.of(FakeConnection.result(request).child(leave).build());
    }

    /** Says this of every group, and does nothing. */
    static Function<Node, List<Node>> refuseEach(int code) {
        return request -> {
            Node.Builder leave = Node.element("leave");
            asked(request)
                    .forEach(group -> leave.child(
                            Node.element("group").attribute("id", group).attribute("error", code)));
            return List.of(FakeConnection.result(request).child(leave).build());
        };
    }

    /** Refuses the whole request. */
    static Function<Node, List<Node>> refuse(int code) {
        return request -> List.of(FakeConnection.error(request, code));
    }

    private List<Node> truth(Node request) {
        Jid group = request.jid("to").orElseThrow();
        return has(group)
                ? List.of(FakeConnection.result(request).child(metadata(group)).build())
                : List.of(FakeConnection.error(request, 403));
    }

    static List<Jid> asked(Node request) {
        List<Jid> groups = new ArrayList<>();
        request.child("leave")
                .orElseThrow()
                .children("group")
                .forEach(group -> groups.add(group.jid("id").orElseThrow()));
        return groups;
    }

    Node metadata(Jid group) {
        Node.Builder self = Node.element("participant")
                .attribute("jid", FakePhone.LID.account())
                .attribute("phone_number", FakePhone.PN.account());
        String role = roles.getOrDefault(group, "member");
        if (!role.equals("member")) {
            self.attribute("type", role);
        }
        return Node.element("group")
                .attribute("id", group.user())
                .attribute("subject", "Group " + group.user())
                .attribute("creation", server.clock.instant().getEpochSecond())
                .attribute("addressing_mode", "lid")
                .attribute("size", 2)
                .attribute("p_v_id", "1795400000000001")
                .child(Node.element("participant")
                        .attribute("jid", BOB)
                        .attribute("phone_number", BOB_PN)
                        .attribute("type", "admin"))
                .child(self)
                .build();
    }
}
