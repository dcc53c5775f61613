package io.greenfinch.simulator.notification;

import io.greenfinch.protocol.binary.Node;
import io.greenfinch.simulator.account.SimulatedAccount;
import io.greenfinch.simulator.group.Addressing;
import io.greenfinch.simulator.group.Description;
import io.greenfinch.simulator.group.GroupKind;
import io.greenfinch.simulator.group.SimulatedGroup;
import io.greenfinch.simulator.group.SimulatedGroupEvent;
import io.greenfinch.simulator.group.Versions;
import io.greenfinch.simulator.stanza.GroupElements;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Tells the devices of everybody concerned what happened to a group (specification §18). Called while the world is locked. */
final class GroupNotifications {

    private final Supplier<String> ids;

    /** {@code ids} gives ids for stanzas. */
    GroupNotifications(Supplier<String> ids) {
        this.ids = ids;
    }

    void publish(SimulatedGroupEvent change) {
        SimulatedGroup group = change.context().group();
        Addressing mode = group.addressing();
        switch (change) {
            case SimulatedGroupEvent.Created created ->
                tell(created.context().audience(), notification(created, create(created)));
            case SimulatedGroupEvent.Added added -> {
                // Who comes in is told of a whole group, as clients know of no group before (specification §18).
                Optional<String> reason = added.joined() ? Optional.of("invite") : Optional.empty();
                Node.Builder create = Node.element("create").child(GroupElements.metadata(group));
                Node.Builder add = people("add", mode, added.added(), added.versions(), Optional.empty());
                reason.ifPresent(text -> {
                    create.attribute("reason", text);
                    add.attribute("reason", text);
                });
                Node toAdded = notification(added, create);
                Node toOthers = notification(added, add);
                added.context()
                        .audience()
                        .forEach(account ->
                                tell(List.of(account), added.added().contains(account) ? toAdded : toOthers));
            }
            case SimulatedGroupEvent.Removed(var context, var removed, var versions) ->
                tell(
                        context.audience(),
                        notification(change, people("remove", mode, removed, versions, Optional.empty())));
            case SimulatedGroupEvent.Promoted(var context, var promoted, var versions) ->
                tell(
                        context.audience(),
                        notification(change, people("promote", mode, promoted, versions, Optional.of("admin"))));
            case SimulatedGroupEvent.Demoted(var context, var demoted, var versions) ->
                tell(
                        context.audience(),
                        notification(change, people("demote", mode, demoted, versions, Optional.empty())));
            case SimulatedGroupEvent.SubjectChanged subject ->
                tell(subject.context().audience(), notification(subject, subject(group)));
            case SimulatedGroupEvent.DescriptionChanged(var context, String id, Optional<Description> now) ->
                tell(context.audience(), notification(change, description(id, now)));
            case SimulatedGroupEvent.LinkReset(var context, String code) ->
                tell(
                        context.audience(),
                        notification(change, Node.element("invite").attribute("code", code)));
            case SimulatedGroupEvent.Requested(var context, var method, var asking) -> {
                Node.Builder requests =
                        Node.element("created_membership_requests").attribute("request_method", method.text());
                asking.forEach(person -> requests.child(GroupElements.person("requested_user", mode, person)));
                tell(context.audience(), notification(change, requests));
            }
            case SimulatedGroupEvent.RequestsRevoked(var context, var gone) -> {
                Node.Builder revoked = Node.element("revoked_membership_requests");
                gone.forEach(person -> revoked.child(GroupElements.participant(mode, person)));
                tell(context.audience(), notification(change, revoked));
            }
            case SimulatedGroupEvent.Related(var context, boolean linked, SimulatedGroup other) ->
                tell(context.audience(), notification(change, relation(linked, other)));
            case SimulatedGroupEvent.PictureChanged(var context, Optional<String> id) ->
                tell(
                        context.audience(),
                        PictureNotifications.notification(
                                ids.get(), group.jid(), mode.name(context.actor()), context.at(), id));
            case SimulatedGroupEvent.SettingChanged(var context, var setting) ->
                tell(context.audience(), notification(change, GroupElements.setting(group, setting).toBuilder()));
        }
    }

    private static Node.Builder create(SimulatedGroupEvent.Created created) {
        Node.Builder create = Node.element("create").attribute("type", "new");
        created.key().ifPresent(key -> create.attribute("key", key));
        return create.child(GroupElements.metadata(created.context().group()));
    }

    private static Node.Builder people(
            String tag, Addressing mode, List<SimulatedAccount> people, Versions versions, Optional<String> type) {
        Node.Builder node =
                Node.element(tag).attribute("v_id", versions.now()).attribute("prev_v_id", versions.before());
        for (SimulatedAccount person : people) {
            Node.Builder participant = GroupElements.participant(mode, person);
            type.ifPresent(role -> participant.attribute("type", role));
            node.child(participant);
        }
        return node;
    }

    private static Node.Builder relation(boolean linked, SimulatedGroup other) {
        String type = other.kind() == GroupKind.COMMUNITY ? "parent_group" : "sub_group";
        Node.Builder node = linked
                ? Node.element("link").attribute("link_type", type)
                : Node.element("unlink").attribute("unlink_type", type).attribute("unlink_reason", "unlink_group");
        return node.child(Node.element("group")
                .attribute("jid", other.jid())
                .attribute("subject", other.subject())
                .attribute("s_t", other.subjectTime().getEpochSecond()));
    }

    private static Node.Builder subject(SimulatedGroup group) {
        Node.Builder node = Node.element("subject")
                .attribute("subject", group.subject())
                .attribute("s_t", group.subjectTime().getEpochSecond())
                .attribute("s_o", group.addressing().name(group.subjectOwner()));
        return group.addressing() == Addressing.LID
                ? node.attribute("s_o_pn", group.subjectOwner().pn())
                : node;
    }

    private static Node.Builder description(String id, Optional<Description> now) {
        return Node.element("description")
                .attribute("id", id)
                .child(now.map(text -> Node.text("body", text.body())).orElseGet(() -> Node.empty("delete")));
    }

    private Node notification(SimulatedGroupEvent change, Node.Builder what) {
        SimulatedGroupEvent.Context context = change.context();
        Addressing mode = context.group().addressing();
        return Node.element("notification")
                .attribute("from", context.group().jid())
                .attribute("type", "w:gp2")
                .attribute("id", ids.get())
                .attribute("participant", mode.name(context.actor()))
                .attribute(mode == Addressing.LID ? "participant_pn" : "participant_lid", mode.alias(context.actor()))
                .attribute("addressing_mode", mode.text())
                .attribute("notify", context.actor().pushName().orElse(""))
                .attribute("t", context.at().getEpochSecond())
                .child(what)
                .build();
    }

    private static void tell(List<SimulatedAccount> people, Node notification) {
        people.forEach(person -> person.devices().forEach(device -> device.deliver(notification)));
    }
}
