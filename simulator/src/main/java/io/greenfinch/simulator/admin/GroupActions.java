package io.greenfinch.simulator.admin;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.simulator.account.SimulatedAccount;
import io.greenfinch.simulator.group.GroupKind;
import io.greenfinch.simulator.group.GroupSetting;
import io.greenfinch.simulator.group.Invitations;
import io.greenfinch.simulator.group.LeaveResult;
import io.greenfinch.simulator.group.PersonResult;
import io.greenfinch.simulator.group.ServiceDecision;
import io.greenfinch.simulator.group.ServiceRefusal;
import io.greenfinch.simulator.group.SimulatedGroup;
import io.greenfinch.simulator.world.World;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** What somebody does to a group on their phone: the same rules hold as for their companions. */
final class GroupActions {

    private static final int CONFLICT = 409;
    private static final int LONGEST_EPHEMERAL = 365 * 86_400;

    private final World world;
    private final PersonLookup people;

    GroupActions(World world) {
        this.world = world;
        this.people = new PersonLookup(world);
    }

    AdminAnswer act(AdminRequest request) {
        Input input = request.input();
        String action = input.requiredText("action");
        String person = input.requiredText("person");
        List<String> targets = input.texts("targets");
        Optional<String> text = input.text("text");
        Optional<Boolean> on = input.flag("on");
        OptionalInt seconds = input.number("seconds", 0, LONGEST_EPHEMERAL);
        input.end();
        return world.change(() -> {
            SimulatedGroup group = GroupEndpoints.group(world, request.parameter("id"));
            SimulatedAccount actor = people.named(person);
            List<Jid> who =
                    targets.stream().map(target -> people.named(target).pn()).toList();
            Jid jid = group.jid();
            return switch (action) {
                case "add" -> results(world.participants().add(actor, jid, some(who)));
                case "remove" -> results(world.participants().remove(actor, jid, some(who)));
                case "promote" -> results(world.participants().promote(actor, jid, some(who)));
                case "demote" -> results(world.participants().demote(actor, jid, some(who)));
                case "leave" -> leave(actor, group);
                case "join" ->
                    entered(world.invitations().join(actor, group.access().code()));
                case "approve" -> results(world.membershipRequests().approve(actor, jid, some(who)));
                case "reject" -> results(world.membershipRequests().reject(actor, jid, some(who)));
                case "cancel" ->
                    results(world.membershipRequests().cancel(actor, jid, who.isEmpty() ? List.of(actor.pn()) : who));
                case "reset-link" -> done(world.invitations().reset(actor, jid));
                case "subject" -> done(world.settings().subject(actor, jid, required(text, "text")));
                case "description" ->
                    done(world.settings()
                            .description(
                                    actor,
                                    jid,
                                    String.format("%016X", world.random().nextLong()),
                                    Optional.empty(),
                                    text.filter(body -> !body.isEmpty())));
                case "locked" -> apply(actor, jid, new GroupSetting.Locked(required(on, "on")));
                case "announcement" -> apply(actor, jid, new GroupSetting.Announcement(required(on, "on")));
                case "adminsAdd" -> apply(actor, jid, new GroupSetting.AdminsAdd(required(on, "on")));
                case "membersLink" -> apply(actor, jid, new GroupSetting.MembersLink(required(on, "on")));
                case "approval" -> apply(actor, jid, new GroupSetting.Approval(required(on, "on")));
                case "ephemeral" ->
                    apply(actor, jid, new GroupSetting.Ephemeral(seconds.orElseThrow(() -> missing("seconds"))));
                default ->
                    throw BadInput.malformed(
                            "\"action\" must be add, remove, promote, demote, leave, join, approve, reject, cancel,"
                                    + " reset-link, subject, description, locked, announcement, adminsAdd, membersLink,"
                                    + " approval or ephemeral");
            };
        });
    }

    private static List<Jid> some(List<Jid> targets) {
        if (targets.isEmpty()) {
            throw missing("targets");
        }
        return targets;
    }

    private static <T> T required(Optional<T> value, String name) {
        return value.orElseThrow(() -> missing(name));
    }

    private static BadInput missing(String name) {
        return BadInput.malformed("\"" + name + "\" is missing");
    }

    private AdminAnswer leave(SimulatedAccount actor, SimulatedGroup group) {
        LeaveResult left = group.kind() == GroupKind.COMMUNITY
                ? world.departures().leaveCommunity(actor, group.jid())
                : world.departures().leave(actor, group.jid());
        if (left.error().isEmpty()) {
            return AdminAnswer.ok(Map.of("results", List.of(Map.of("person", actor.number()))));
        }
        int code = left.error().getAsInt();
        return refused(code, "leaving was refused");
    }

    private AdminAnswer apply(SimulatedAccount actor, Jid group, GroupSetting setting) {
        return done(world.settings().apply(actor, group, setting));
    }

    private static AdminAnswer results(ServiceDecision<List<PersonResult>> verdict) {
        return switch (verdict) {
            case ServiceDecision.Granted<List<PersonResult>>(List<PersonResult> results) ->
                AdminAnswer.ok(Map.of("results", GroupJson.results(results)));
            case ServiceDecision.Refused<List<PersonResult>>(ServiceRefusal refusal) -> refused(refusal);
        };
    }

    /** Who joined by link is in, or waits for the admins. */
    private static AdminAnswer entered(ServiceDecision<Invitations.Entry> verdict) {
        return switch (verdict) {
            case ServiceDecision.Granted<Invitations.Entry>(Invitations.Entry entry) ->
                AdminAnswer.ok(Map.of("results", List.of(), "pending", entry.pending()));
            case ServiceDecision.Refused<Invitations.Entry>(ServiceRefusal refusal) -> refused(refusal);
        };
    }

    private static <T> AdminAnswer done(ServiceDecision<T> verdict) {
        return switch (verdict) {
            case ServiceDecision.Granted<T> _ -> AdminAnswer.ok(Map.of("results", List.of()));
            case ServiceDecision.Refused<T>(ServiceRefusal refusal) -> refused(refusal);
        };
    }

    /** A refusal of the simulated server, with the code it gave. */
    static AdminAnswer refused(ServiceRefusal refusal) {
        return refused(refusal.code(), refusal.text());
    }

    private static AdminAnswer refused(int code, String text) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("error", text);
        body.put("code", code);
        return new AdminAnswer(CONFLICT, body);
    }
}
