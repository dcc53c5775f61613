package io.greenfinch.simulator.request;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.simulator.account.SimulatedAccount;
import io.greenfinch.simulator.group.Addressing;
import io.greenfinch.simulator.group.MembershipRequest;
import io.greenfinch.simulator.group.PersonResult;
import io.greenfinch.simulator.group.ServiceDecision;
import io.greenfinch.simulator.group.ServiceRefusal;
import io.greenfinch.simulator.stanza.GroupElements;
import io.greenfinch.simulator.world.World;
import java.util.List;
import java.util.Optional;

/** Requests about people who wait to be let into a group, and about their invitations (specification §16.7). */
final class MembershipRequestIqs {

    private static final String XMLNS = "w:g2";

    private final World world;

    private MembershipRequestIqs(World world) {
        this.world = world;
    }

    static void register(IqRouter router, World world) {
        MembershipRequestIqs iqs = new MembershipRequestIqs(world);
        router.on(XMLNS, "get", "membership_approval_requests", iqs::list)
                .on(XMLNS, "set", "membership_requests_action", iqs::decide)
                .on(
                        XMLNS,
                        "set",
                        "cancel_membership_requests",
                        request -> iqs.people(request, world.membershipRequests()::cancel))
                .on(XMLNS, "set", "revoke", request -> iqs.people(request, world.invitations()::revoke));
    }

    private IqAnswer list(IqRequest request) {
        return IqAnswer.of(world.membershipRequests().list(request.account(), request.to()), waiting -> {
            Addressing mode = mode(request);
            Node.Builder list = Node.element(request.child().tag());
            waiting.forEach(each -> list.child(waiting(mode, each)));
            return IqAnswer.result(list.build());
        });
    }

    private static Node.Builder waiting(Addressing mode, MembershipRequest request) {
        return GroupElements.person("membership_approval_request", mode, request.person())
                .attribute("request_time", request.at().getEpochSecond())
                .attribute("request_method", request.method().text())
                .attribute("requestor", mode.name(request.requestor()));
    }

    /** One request lets people in or turns them away, or both. */
    private IqAnswer decide(IqRequest request) {
        Node asked = request.child();
        if (asked.children().isEmpty()) {
            return IqAnswer.refused(ServiceRefusal.BAD_REQUEST);
        }
        Node.Builder answer = Node.element(asked.tag());
        for (Node decision : asked.children()) {
            ServiceDecision<List<PersonResult>> verdict = switch (decision.tag()) {
                case "approve" -> carryOut(request, decision, world.membershipRequests()::approve);
                case "reject" -> carryOut(request, decision, world.membershipRequests()::reject);
                default -> ServiceDecision.refused(ServiceRefusal.BAD_REQUEST);
            };
            switch (verdict) {
                case ServiceDecision.Granted<List<PersonResult>>(List<PersonResult> results) ->
                    answer.child(results(request, decision.tag(), results));
                case ServiceDecision.Refused<List<PersonResult>>(ServiceRefusal refusal) -> {
                    return IqAnswer.refused(refusal);
                }
            }
        }
        return IqAnswer.result(answer.build());
    }

    private IqAnswer people(IqRequest request, Work work) {
        Node asked = request.child();
        return IqAnswer.of(
                carryOut(request, asked, work), results -> IqAnswer.result(results(request, asked.tag(), results)));
    }

    private static ServiceDecision<List<PersonResult>> carryOut(IqRequest request, Node named, Work work) {
        Optional<List<Jid>> people = GroupElements.people(named);
        return people.isEmpty()
                ? ServiceDecision.refused(ServiceRefusal.BAD_REQUEST)
                : work.carryOut(request.account(), request.to(), people.get());
    }

    private Node results(IqRequest request, String tag, List<PersonResult> results) {
        Addressing mode = mode(request);
        Node.Builder node = Node.element(tag);
        results.forEach(result -> node.child(GroupElements.participant(mode, result)));
        return node.build();
    }

    /** How the group of a request that was granted names people. */
    private Addressing mode(IqRequest request) {
        return world.groups().find(request.to()).orElseThrow().addressing();
    }

    /** What is done for the people a request names. */
    @FunctionalInterface
    private interface Work {
        ServiceDecision<List<PersonResult>> carryOut(SimulatedAccount actor, Jid group, List<Jid> people);
    }
}
