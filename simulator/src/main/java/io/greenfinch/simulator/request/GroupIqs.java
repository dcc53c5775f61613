package io.greenfinch.simulator.request;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.simulator.account.SimulatedAccount;
import io.greenfinch.simulator.fault.Effect;
import io.greenfinch.simulator.group.Addressing;
import io.greenfinch.simulator.group.GroupFoundation;
import io.greenfinch.simulator.group.GroupSetting;
import io.greenfinch.simulator.group.NewGroup;
import io.greenfinch.simulator.group.PersonResult;
import io.greenfinch.simulator.group.ServiceDecision;
import io.greenfinch.simulator.group.ServiceRefusal;
import io.greenfinch.simulator.group.SimulatedGroup;
import io.greenfinch.simulator.stanza.GroupElements;
import io.greenfinch.simulator.world.World;
import java.util.List;
import java.util.Optional;

/** Requests about groups, leaving excepted (specification §16). */
final class GroupIqs {

    private static final String XMLNS = "w:g2";
    private static final String GET = "get";
    private static final String SET = "set";

    private final World world;
    private final Policy policy;

    private GroupIqs(World world, Policy policy) {
        this.world = world;
        this.policy = policy;
    }

    static void register(IqRouter router, World world, Policy policy) {
        GroupIqs iqs = new GroupIqs(world, policy);
        router.on(XMLNS, SET, "create", iqs::create)
                .on(XMLNS, GET, "query", iqs::query)
                .on(XMLNS, GET, "participating", iqs::participating)
                .on(XMLNS, SET, "add", request -> iqs.people(request, world.participants()::add))
                .on(XMLNS, SET, "remove", request -> iqs.people(request, world.participants()::remove))
                .on(XMLNS, SET, "promote", request -> iqs.people(request, world.participants()::promote))
                .on(XMLNS, SET, "demote", request -> iqs.people(request, world.participants()::demote))
                .on(XMLNS, SET, "subject", iqs::subject)
                .on(XMLNS, SET, "description", iqs::description);
        for (String setting : List.of(
                "locked",
                "unlocked",
                "announcement",
                "not_announcement",
                "ephemeral",
                "not_ephemeral",
                "member_add_mode",
                "member_link_mode",
                "membership_approval_mode")) {
            router.on(XMLNS, SET, setting, iqs::setting);
        }
    }

    private IqAnswer create(IqRequest request) {
        Node create = request.child();
        Optional<String> subject = create.attribute("subject");
        Optional<List<Jid>> people = GroupElements.people(create);
        if (!request.to().equals(Jid.GROUP_SERVER) || people.isEmpty()) {
            return IqAnswer.refused(ServiceRefusal.BAD_REQUEST);
        }
        NewGroup group = NewGroup.of(subject.orElse(""), people.get(), policy.newGroups())
                .with(create.children().stream()
                        .flatMap(child -> GroupElements.setting(child).stream())
                        .toList())
                .named(create.attribute("key"));
        return IqAnswer.of(found(request.account(), create, group), created -> created(request, create, created));
    }

    /** A group by itself, a community, or a group inside one (specification §19). */
    private ServiceDecision<GroupFoundation.Created> found(SimulatedAccount creator, Node create, NewGroup group) {
        boolean community = create.child("parent").isPresent();
        Optional<Node> inside = create.child("linked_parent");
        if (inside.isEmpty()) {
            return community
                    ? world.communities().create(creator, group)
                    : world.creation().create(creator, group);
        }
        Optional<Jid> parent = inside.get().jid("jid").filter(jid -> !community);
        return parent.map(jid -> world.communities().createInside(creator, jid, group))
                .orElseGet(() -> ServiceDecision.refused(ServiceRefusal.BAD_REQUEST));
    }

    private IqAnswer created(IqRequest request, Node create, GroupFoundation.Created created) {
        create.child("description")
                .ifPresent(text -> world.settings()
                        .description(
                                request.account(),
                                created.group().jid(),
                                text.attribute("id").orElseGet(this::descriptionId),
                                Optional.empty(),
                                text.child("body").map(Node::contentText)));
        return IqAnswer.result(GroupElements.metadata(created.group(), created.refused(), true, true));
    }

    /** Members ask for their group, others show an invitation. */
    private IqAnswer query(IqRequest request) {
        if (request.child().child("group").isPresent()) {
            return batch(request);
        }
        Optional<Node> invitation = request.child().child("add_request");
        if (invitation.isPresent()) {
            return InviteIqs.invited(world, request, invitation.get());
        }
        return IqAnswer.of(
                world.groups().ofMember(request.account(), request.to()),
                group -> IqAnswer.result(GroupElements.metadata(group)));
    }

    /** Several groups at once: each is told, or the reason why not (specification §16.4). */
    private IqAnswer batch(IqRequest request) {
        List<Node> asked = request.child().children("group");
        if (!request.to().equals(Jid.GROUP_SERVER)
                || !asked.stream().allMatch(group -> group.jid("jid").isPresent())) {
            return IqAnswer.refused(ServiceRefusal.BAD_REQUEST);
        }
        Node.Builder groups = Node.element("groups");
        for (Node group : asked) {
            Jid jid = group.jid("jid").orElseThrow();
            groups.child(
                    switch (world.groups().ofMember(request.account(), jid)) {
                        case ServiceDecision.Granted<SimulatedGroup>(SimulatedGroup found) ->
                            GroupElements.metadata(found);
                        case ServiceDecision.Refused<SimulatedGroup>(ServiceRefusal refusal) ->
                            Node.element("group")
                                    .attribute("id", jid.user())
                                    .attribute("error", refusal.code())
                                    .build();
                    });
        }
        return IqAnswer.result(groups.build());
    }

    private IqAnswer participating(IqRequest request) {
        if (!request.to().equals(Jid.GROUP_SERVER)) {
            return IqAnswer.refused(ServiceRefusal.BAD_REQUEST);
        }
        boolean members = request.child().child("participants").isPresent();
        boolean description = request.child().child("description").isPresent();
        Node.Builder groups = Node.element("groups");
        world.groups()
                .of(request.account())
                .forEach(group -> groups.child(GroupElements.metadata(group, List.of(), members, description)));
        return IqAnswer.result(groups.build());
    }

    private IqAnswer people(IqRequest request, PeopleRequest work) {
        Node asked = request.child();
        Optional<List<Jid>> people = GroupElements.people(asked);
        if (people.isEmpty()) {
            return IqAnswer.refused(ServiceRefusal.BAD_REQUEST);
        }
        if (request.twist().orElse(null) instanceof Effect.ParticipantError(int code)) {
            Node.Builder answer = Node.element(asked.tag());
            people.get()
                    .forEach(person -> answer.child(
                            Node.element("participant").attribute("jid", person).attribute("error", code)));
            return IqAnswer.result(answer.build());
        }
        return IqAnswer.of(work.carryOut(request.account(), request.to(), people.get()), results -> {
            Addressing mode = world.groups().find(request.to()).orElseThrow().addressing();
            Node.Builder answer = Node.element(asked.tag());
            results.forEach(result -> answer.child(GroupElements.participant(mode, result)));
            return IqAnswer.result(answer.build());
        });
    }

    private IqAnswer subject(IqRequest request) {
        return IqAnswer.of(
                world.settings()
                        .subject(
                                request.account(), request.to(), request.child().contentText()),
                _ -> IqAnswer.result());
    }

    private IqAnswer description(IqRequest request) {
        Node description = request.child();
        Optional<String> text = description.is("delete", "true")
                ? Optional.empty()
                : description.child("body").map(Node::contentText);
        return IqAnswer.of(
                world.settings()
                        .description(
                                request.account(),
                                request.to(),
                                description.attribute("id").orElseGet(this::descriptionId),
                                description.attribute("prev"),
                                text),
                _ -> IqAnswer.result());
    }

    /** Some clients leave the id of a new wording to the server. */
    private String descriptionId() {
        return String.format("%016X", world.random().nextLong());
    }

    private IqAnswer setting(IqRequest request) {
        Optional<GroupSetting> setting = GroupElements.setting(request.child());
        return setting.isEmpty()
                ? IqAnswer.refused(ServiceRefusal.BAD_REQUEST)
                : IqAnswer.of(
                        world.settings().apply(request.account(), request.to(), setting.get()), _ -> IqAnswer.result());
    }

    /** A request that names people of a group. */
    @FunctionalInterface
    private interface PeopleRequest {
        ServiceDecision<List<PersonResult>> carryOut(SimulatedAccount actor, Jid group, List<Jid> people);
    }
}
