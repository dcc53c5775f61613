package io.greenfinch.simulator.request;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.simulator.group.ServiceRefusal;
import io.greenfinch.simulator.stanza.GroupElements;
import io.greenfinch.simulator.world.World;
import java.util.List;
import java.util.Optional;

/** Requests about invite links (specification §16.7). */
final class InviteIqs {

    private final World world;

    private InviteIqs(World world) {
        this.world = world;
    }

    static void register(IqRouter router, World world) {
        InviteIqs iqs = new InviteIqs(world);
        router.on("w:g2", "get", "invite", iqs::get)
                .on("w:g2", "set", "invite", iqs::set)
                .on("w:g2", "set", "accept", iqs::accept);
    }

    /** A group is asked for its code, the group server for the group that a code leads to. */
    private IqAnswer get(IqRequest request) {
        if (request.to().isGroup()) {
            return IqAnswer.of(world.invitations().code(request.account(), request.to()), InviteIqs::code);
        }
        String code = request.child().attribute("code").orElse("");
        if (!request.to().equals(Jid.GROUP_SERVER) || code.isEmpty()) {
            return IqAnswer.refused(ServiceRefusal.BAD_REQUEST);
        }
        return IqAnswer.of(
                world.invitations().find(code),
                group -> IqAnswer.result(GroupElements.metadata(group, List.of(), false, true)));
    }

    private IqAnswer set(IqRequest request) {
        if (request.to().isGroup()) {
            return IqAnswer.of(world.invitations().reset(request.account(), request.to()), InviteIqs::code);
        }
        String code = request.child().attribute("code").orElse("");
        if (!request.to().equals(Jid.GROUP_SERVER) || code.isEmpty()) {
            return IqAnswer.refused(ServiceRefusal.BAD_REQUEST);
        }
        return IqAnswer.of(
                world.invitations().join(request.account(), code),
                entry -> IqAnswer.result(Node.element(entry.pending() ? "membership_approval_request" : "group")
                        .attribute("jid", entry.group().jid())
                        .build()));
    }

    /** Somebody comes in with an invitation message. */
    private IqAnswer accept(IqRequest request) {
        Node invitation = request.child();
        Optional<Jid> inviter = invitation.jid("admin");
        return inviter.isEmpty()
                ? IqAnswer.refused(ServiceRefusal.BAD_REQUEST)
                : IqAnswer.of(
                        world.invitations()
                                .accept(
                                        request.account(),
                                        request.to(),
                                        inviter.get(),
                                        invitation.attribute("code").orElse("")),
                        _ -> IqAnswer.result());
    }

    /** The group that an invitation message leads to. */
    static IqAnswer invited(World world, IqRequest request, Node invitation) {
        Optional<Jid> inviter = invitation.jid("admin");
        return inviter.isEmpty()
                ? IqAnswer.refused(ServiceRefusal.BAD_REQUEST)
                : IqAnswer.of(
                        world.invitations()
                                .find(
                                        request.account(),
                                        request.to(),
                                        inviter.get(),
                                        invitation.attribute("code").orElse("")),
                        group -> IqAnswer.result(GroupElements.metadata(group, List.of(), false, true)));
    }

    private static IqAnswer code(String code) {
        return IqAnswer.result(Node.element("invite").attribute("code", code).build());
    }
}
