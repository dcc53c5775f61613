package io.greenfinch.simulator.admin;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.simulator.account.SimulatedAccount;
import io.greenfinch.simulator.group.Addressing;
import io.greenfinch.simulator.group.GroupFoundation;
import io.greenfinch.simulator.group.GroupKind;
import io.greenfinch.simulator.group.GroupSetting;
import io.greenfinch.simulator.group.NewGroup;
import io.greenfinch.simulator.group.ServiceDecision;
import io.greenfinch.simulator.group.ServiceRefusal;
import io.greenfinch.simulator.group.SimulatedGroup;
import io.greenfinch.simulator.request.Policy;
import io.greenfinch.simulator.world.World;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Groups and communities, created by somebody's phone. */
final class GroupEndpoints {

    private static final int LONGEST_EPHEMERAL = 365 * 86_400;

    private final World world;
    private final Policy policy;
    private final PersonLookup people;

    private GroupEndpoints(World world, Policy policy) {
        this.world = world;
        this.policy = policy;
        this.people = new PersonLookup(world);
    }

    static void register(AdminHandler admin, World world, Policy policy) {
        GroupEndpoints endpoints = new GroupEndpoints(world, policy);
        admin.on("GET", "/admin/groups", _ -> endpoints.all())
                .on("POST", "/admin/groups", endpoints::create)
                .on("GET", "/admin/groups/{id}", endpoints::one)
                .on("POST", "/admin/groups/{id}/actions", new GroupActions(world)::act);
    }

    private AdminAnswer all() {
        return world.read(() ->
                AdminAnswer.ok(world.groups().all().stream().map(GroupJson::of).toList()));
    }

    private AdminAnswer one(AdminRequest request) {
        return world.read(() -> AdminAnswer.ok(GroupJson.of(group(world, request.parameter("id")))));
    }

    /** The group that a path names, with or without its server. */
    static SimulatedGroup group(World world, String id) {
        Optional<SimulatedGroup> found = id.indexOf('@') >= 0
                ? Jid.parse(id).flatMap(world.groups()::find)
                : world.groups().byId(id);
        return found.orElseThrow(() -> BadInput.missing("there is no group " + id));
    }

    private AdminAnswer create(AdminRequest request) {
        Input input = request.input();
        Wish wish = Wish.of(input, policy);
        return world.change(() -> {
            SimulatedAccount creator = people.named(wish.creator());
            Set<Jid> admins = new HashSet<>();
            wish.admins().forEach(person -> admins.add(people.named(person).pn()));
            List<Jid> members = new ArrayList<>(admins);
            wish.members().forEach(person -> members.add(people.named(person).pn()));
            NewGroup group = NewGroup.of(wish.subject(), members, wish.addressing())
                    .ruledBy(admins)
                    .with(wish.settings());
            if (wish.community()) {
                return community(creator, group);
            }
            return wish.inside().map(id -> inside(creator, group, id)).orElseGet(() -> created(creator, group));
        });
    }

    /**
     * What a request asks for.
     *
     * @param community whether it is to be a community, with an announcement group
     * @param inside the community it is to be in
     */
    private record Wish(
            String subject,
            String creator,
            List<String> members,
            List<String> admins,
            Addressing addressing,
            List<GroupSetting> settings,
            boolean community,
            Optional<String> inside) {

        static Wish of(Input input, Policy policy) {
            String subject = input.requiredText("subject");
            List<String> admins = input.texts("admins");
            Optional<String> creator = input.text("creator");
            List<GroupSetting> settings = new ArrayList<>();
            if (input.flag("locked").orElse(false)) {
                settings.add(new GroupSetting.Locked(true));
            }
            if (input.flag("announcement").orElse(false)) {
                settings.add(new GroupSetting.Announcement(true));
            }
            if (input.flag("adminsAdd").orElse(false)) {
                settings.add(new GroupSetting.AdminsAdd(true));
            }
            if (input.flag("approval").orElse(false)) {
                settings.add(new GroupSetting.Approval(true));
            }
            input.number("ephemeral", 0, LONGEST_EPHEMERAL)
                    .ifPresent(seconds -> settings.add(new GroupSetting.Ephemeral(seconds)));
            Wish wish = new Wish(
                    subject,
                    creator.orElseThrow(() -> BadInput.malformed("\"creator\" is missing")),
                    input.texts("members"),
                    admins,
                    input.text("addressing").map(Wish::addressing).orElse(policy.newGroups()),
                    settings,
                    input.flag("community").orElse(false),
                    input.text("inside"));
            input.end();
            return wish;
        }

        private static Addressing addressing(String text) {
            return Addressing.parse(text).orElseThrow(() -> BadInput.malformed("\"addressing\" must be pn or lid"));
        }
    }

    private AdminAnswer created(SimulatedAccount creator, NewGroup request) {
        return switch (world.creation().create(creator, request)) {
            case ServiceDecision.Granted<GroupFoundation.Created>(GroupFoundation.Created created) -> show(created);
            case ServiceDecision.Refused<GroupFoundation.Created>(ServiceRefusal refusal) ->
                GroupActions.refused(refusal);
        };
    }

    private static AdminAnswer show(GroupFoundation.Created created) {
        Map<String, Object> shown = new LinkedHashMap<>(GroupJson.of(created.group()));
        if (!created.refused().isEmpty()) {
            shown.put("refused", GroupJson.results(created.refused()));
        }
        return AdminAnswer.created(shown);
    }

    /** A community has a parent, which is what is shown, and an announcement group. */
    private AdminAnswer community(SimulatedAccount creator, NewGroup request) {
        return switch (world.communities().create(creator, request)) {
            case ServiceDecision.Refused<GroupFoundation.Created>(ServiceRefusal refusal) ->
                GroupActions.refused(refusal);
            case ServiceDecision.Granted<GroupFoundation.Created>(GroupFoundation.Created parent) -> {
                Map<String, Object> both = new LinkedHashMap<>(GroupJson.of(parent.group()));
                world.communities()
                        .announcements(parent.group())
                        .ifPresent(
                                group -> both.put("announcements", group.jid().toString()));
                yield AdminAnswer.created(both);
            }
        };
    }

    private AdminAnswer inside(SimulatedAccount creator, NewGroup request, String id) {
        SimulatedGroup community = group(world, id);
        if (community.kind() != GroupKind.COMMUNITY) {
            throw BadInput.malformed(id + " is no community");
        }
        return created(creator, request.in(Optional.of(community), GroupKind.GROUP));
    }
}
