package io.greenfinch.simulator.request;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.simulator.fault.Effect;
import io.greenfinch.simulator.group.LeaveResult;
import io.greenfinch.simulator.group.ServiceRefusal;
import io.greenfinch.simulator.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Leaving groups and communities: one result for each, never all or nothing (specification §17.1, §19). */
final class LeaveIq implements IqHandler {

    private static final String GROUP = "group";
    private static final String COMMUNITY = "linked_groups";
    private static final String COMMUNITY_ID = "parent_group_jid";

    private final World world;

    LeaveIq(World world) {
        this.world = world;
    }

    @Override
    public IqAnswer answer(IqRequest request) {
        Node leave = request.child();
        List<Jid> groups = ids(leave, GROUP, "id");
        List<Jid> communities = ids(leave, COMMUNITY, COMMUNITY_ID);
        int named = groups.size() + communities.size();
        boolean mixed = !groups.isEmpty() && !communities.isEmpty();
        if (!request.to().equals(Jid.GROUP_SERVER)
                || mixed
                || named == 0
                || named != leave.children().size()) {
            return IqAnswer.refused(ServiceRefusal.BAD_REQUEST);
        }
        Node.Builder result = Node.element("leave");
        for (int i = 0; i < groups.size(); i++) {
            leave(request, groups.get(i), i == groups.size() - 1)
                    .ifPresent(left -> result.child(result(GROUP, "id", left)));
        }
        for (Jid community : communities) {
            result.child(
                    result(COMMUNITY, COMMUNITY_ID, world.departures().leaveCommunity(request.account(), community)));
        }
        return IqAnswer.result(result.build());
    }

    /** Leaves a group, unless something is to go wrong with it; empty when the answer is not to speak of it. */
    private Optional<LeaveResult> leave(IqRequest request, Jid group, boolean last) {
        Optional<Effect> twist = request.twist();
        if (twist.isPresent()) {
            switch (twist.get()) {
                case Effect.LeaveError(int code, Optional<Jid> only) -> {
                    if (only.isEmpty() || only.get().equals(group)) {
                        return Optional.of(new LeaveResult(group, OptionalInt.of(code)));
                    }
                }
                case Effect.EmptyLeave(boolean processed) -> {
                    return unspoken(request, group, processed);
                }
                case Effect.AbsentGroup(Optional<Jid> only, boolean processed) -> {
                    if (only.isPresent() ? only.get().equals(group) : last) {
                        return unspoken(request, group, processed);
                    }
                }
                default -> throw new IllegalArgumentException("not a fault of leaving: " + twist.get());
            }
        }
        return Optional.of(world.departures().leave(request.account(), group));
    }

    private Optional<LeaveResult> unspoken(IqRequest request, Jid group, boolean processed) {
        if (processed) {
            world.departures().leave(request.account(), group);
        }
        return Optional.empty();
    }

    private static Node result(String tag, String attribute, LeaveResult left) {
        Node.Builder node = Node.element(tag).attribute(attribute, left.group());
        left.error().ifPresent(code -> node.attribute("error", code));
        return node.build();
    }

    private static List<Jid> ids(Node leave, String tag, String attribute) {
        List<Jid> ids = new ArrayList<>();
        leave.children(tag)
                .forEach(node -> node.jid(attribute).filter(Jid::isGroup).ifPresent(ids::add));
        return ids;
    }
}
