package io.greenfinch.simulator.request;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.simulator.group.Addressing;
import io.greenfinch.simulator.group.GroupKind;
import io.greenfinch.simulator.group.LinkResult;
import io.greenfinch.simulator.group.ServiceRefusal;
import io.greenfinch.simulator.group.SimulatedGroup;
import io.greenfinch.simulator.stanza.GroupElements;
import io.greenfinch.simulator.world.World;
import java.util.List;

/** Requests about the groups of communities, creating and leaving excepted (specification §19). */
final class CommunityIqs {

    private static final String SUB_GROUP = "sub_group";

    private final World world;

    private CommunityIqs(World world) {
        this.world = world;
    }

    static void register(IqRouter router, World world) {
        CommunityIqs iqs = new CommunityIqs(world);
        router.on("w:g2", "get", "sub_groups", iqs::groups)
                .on("w:g2", "get", "linked_groups_participants", iqs::people)
                .on("w:g2", "set", "links", iqs::link)
                .on("w:g2", "set", "unlink", iqs::unlink);
    }

    private IqAnswer groups(IqRequest request) {
        return IqAnswer.of(world.communities().groups(request.account(), request.to()), inside -> {
            Node.Builder listed = Node.element("sub_groups");
            inside.forEach(group -> listed.child(shown(group)));
            return IqAnswer.result(listed.build());
        });
    }

    private static Node.Builder shown(SimulatedGroup group) {
        Node.Builder node = Node.element("group")
                .attribute("id", group.id())
                .attribute("subject", group.subject())
                .attribute("s_t", group.subjectTime().getEpochSecond())
                .attribute("creation", group.creation().getEpochSecond())
                .attribute("creator", group.addressing().name(group.creator()))
                .attribute("size", group.members().size());
        return group.kind() == GroupKind.ANNOUNCEMENTS ? node.child(Node.empty("default_sub_group")) : node;
    }

    private IqAnswer people(IqRequest request) {
        return IqAnswer.of(world.communities().people(request.account(), request.to()), people -> {
            Addressing mode = world.groups().find(request.to()).orElseThrow().addressing();
            Node.Builder listed = Node.element("linked_groups_participants");
            people.forEach(person -> listed.child(GroupElements.participant(mode, person)));
            return IqAnswer.result(listed.build());
        });
    }

    private IqAnswer link(IqRequest request) {
        List<Node> links = request.child().children("link");
        if (links.size() != 1 || !links.getFirst().is("link_type", SUB_GROUP) || !named(links.getFirst())) {
            return IqAnswer.refused(ServiceRefusal.BAD_REQUEST);
        }
        return IqAnswer.of(
                world.communities().link(request.account(), request.to(), jids(links.getFirst())),
                results -> IqAnswer.result(Node.element("links")
                        .child(results(Node.element("link").attribute("link_type", SUB_GROUP), results))
                        .build()));
    }

    private IqAnswer unlink(IqRequest request) {
        Node unlink = request.child();
        if (!unlink.is("unlink_type", SUB_GROUP) || !named(unlink)) {
            return IqAnswer.refused(ServiceRefusal.BAD_REQUEST);
        }
        return IqAnswer.of(
                world.communities()
                        .unlink(
                                request.account(),
                                request.to(),
                                jids(unlink),
                                unlink.is("remove_orphaned_members", "true")),
                results -> IqAnswer.result(results(Node.element("unlink").attribute("unlink_type", SUB_GROUP), results)
                        .build()));
    }

    private static boolean named(Node parent) {
        List<Node> groups = parent.children("group");
        return !groups.isEmpty()
                && groups.stream()
                        .allMatch(group -> group.jid("jid").filter(Jid::isGroup).isPresent());
    }

    private static List<Jid> jids(Node parent) {
        return parent.children("group").stream()
                .flatMap(group -> group.jid("jid").stream())
                .toList();
    }

    private static Node.Builder results(Node.Builder around, List<LinkResult> results) {
        for (LinkResult result : results) {
            Node.Builder group = Node.element("group").attribute("jid", result.group());
            result.refusal().ifPresent(refusal -> group.attribute("error", refusal.code()));
            around.child(group);
        }
        return around;
    }
}
