package io.greenfinch.simulator.group;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.simulator.account.SimulatedAccount;
import io.greenfinch.simulator.group.ServiceDecision.Done;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Changing a group's subject, description and settings (specification §16.6). Guarded by the world's lock. */
public final class GroupSettings {

    private final GroupDirectory groups;
    private final GroupRules rules;
    private final Clock clock;
    private final Consumer<SimulatedGroupEvent> changes;

    public GroupSettings(GroupDirectory groups, GroupRules rules, Clock clock, Consumer<SimulatedGroupEvent> changes) {
        this.groups = groups;
        this.rules = rules;
        this.clock = clock;
        this.changes = changes;
    }

    /** Whether a subject is neither empty nor too long. */
    static boolean acceptable(String subject, GroupRules rules) {
        return !subject.isBlank() && subject.codePointCount(0, subject.length()) <= rules.subjectLength();
    }

    /** Changes the subject: everybody may, unless the group is locked. */
    public ServiceDecision<Done> subject(SimulatedAccount actor, Jid jid, String text) {
        return editable(actor, jid).then(group -> {
            if (!acceptable(text, rules)) {
                return ServiceDecision.refused(ServiceRefusal.NOT_ACCEPTABLE);
            }
            String before = group.subject();
            Instant now = clock.instant();
            group.subject(text, actor, now);
            changes.accept(new SimulatedGroupEvent.SubjectChanged(context(group, actor, now), before));
            return ServiceDecision.done();
        });
    }

    /**
     * Changes or deletes the description: everybody may, unless the group is locked.
     *
     * @param id id of the new wording
     * @param previous id of the wording the actor knows; when it is given and is not the current one, the request conflicts
     * @param text the new wording, empty to delete it
     */
    public ServiceDecision<Done> description(
            SimulatedAccount actor, Jid jid, String id, Optional<String> previous, Optional<String> text) {
        return editable(actor, jid).then(group -> {
            String current = group.description().map(Description::id).orElse("");
            if (previous.isPresent() && !previous.get().equals(current)) {
                return ServiceDecision.refused(ServiceRefusal.CONFLICT);
            }
            if (text.filter(body -> body.codePointCount(0, body.length()) > rules.descriptionLength())
                    .isPresent()) {
                return ServiceDecision.refused(ServiceRefusal.NOT_ACCEPTABLE);
            }
            Instant now = clock.instant();
            Optional<Description> wording = text.map(body -> new Description(id, body, actor, now));
            group.description(wording.orElse(null));
            changes.accept(new SimulatedGroupEvent.DescriptionChanged(context(group, actor, now), id, wording));
            return ServiceDecision.done();
        });
    }

    /** Changes a setting: admins may. A setting that is already so conflicts. */
    public ServiceDecision<Done> apply(SimulatedAccount actor, Jid jid, GroupSetting setting) {
        return groups.ofAdmin(actor, jid).then(group -> {
            if (!group.apply(setting)) {
                return ServiceDecision.refused(ServiceRefusal.CONFLICT);
            }
            changes.accept(new SimulatedGroupEvent.SettingChanged(context(group, actor, clock.instant()), setting));
            return ServiceDecision.done();
        });
    }

    private ServiceDecision<SimulatedGroup> editable(SimulatedAccount actor, Jid jid) {
        return groups.ofMember(actor, jid)
                .then(group -> group.locked() && !group.isAdmin(actor)
                        ? ServiceDecision.refused(ServiceRefusal.NOT_AUTHORIZED)
                        : ServiceDecision.granted(group));
    }

    private static SimulatedGroupEvent.Context context(SimulatedGroup group, SimulatedAccount actor, Instant now) {
        return new SimulatedGroupEvent.Context(group, actor, now, List.copyOf(group.accounts()));
    }
}
