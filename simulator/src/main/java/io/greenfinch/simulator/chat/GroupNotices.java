package io.greenfinch.simulator.chat;

import io.greenfinch.protocol.binary.Node;
import io.greenfinch.simulator.account.Account;
import io.greenfinch.simulator.group.Addressing;
import io.greenfinch.simulator.group.Description;
import io.greenfinch.simulator.group.Group;
import io.greenfinch.simulator.group.GroupChange;
import io.greenfinch.simulator.group.Versions;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Tells the companions of everybody concerned what happened to a group (specification §18). Called while the world is locked. */
final class GroupNotices {

    private final Supplier<String> ids;

    /** {@code ids} gives ids for stanzas. */
    GroupNotices(Supplier<String> ids) {
        this.ids = ids;
    }

    void publish(GroupChange change) {
        Group group = change.scene().group();
        Addressing mode = group.addressing();
        switch (change) {
            case GroupChange.Created created ->
                tell(created.scene().audience(), notification(created, create(created)));
            case GroupChange.Added added -> {
                // Who comes in is told of a whole group, as clients know of no group before (specification §18).
                Optional<String> reason = added.joined() ? Optional.of("invite") : Optional.empty();
                Node.Builder create = Node.element("create").child(GroupStanzas.metadata(group));
                reason.ifPresent(text -> create.attribute("reason", text));
                tell(added.added(), notification(added, create));
                List<Account> others = added.scene().audience().stream()
                        .filter(account -> !added.added().contains(account))
                        .toList();
                Node.Builder add = people("add", mode, added.added(), added.versions(), Optional.empty());
                reason.ifPresent(text -> add.attribute("reason", text));
                tell(others, notification(added, add));
            }
            case GroupChange.Removed(var scene, var removed, var versions) ->
                tell(
                        scene.audience(),
                        notification(change, people("remove", mode, removed, versions, Optional.empty())));
            case GroupChange.Promoted(var scene, var promoted, var versions) ->
                tell(
                        scene.audience(),
                        notification(change, people("promote", mode, promoted, versions, Optional.of("admin"))));
            case GroupChange.Demoted(var scene, var demoted, var versions) ->
                tell(
                        scene.audience(),
                        notification(change, people("demote", mode, demoted, versions, Optional.empty())));
            case GroupChange.SubjectChanged subject ->
                tell(subject.scene().audience(), notification(subject, subject(group)));
            case GroupChange.DescriptionChanged(var scene, String id, Optional<Description> now) ->
                tell(scene.audience(), notification(change, description(id, now)));
            case GroupChange.LinkReset(var scene, String code) ->
                tell(
                        scene.audience(),
                        notification(change, Node.element("invite").attribute("code", code)));
            case GroupChange.Requested(var scene, var method, var asking) -> {
                Node.Builder requests =
                        Node.element("created_membership_requests").attribute("request_method", method.text());
                asking.forEach(person -> requests.child(GroupStanzas.person("requested_user", mode, person)));
                tell(scene.audience(), notification(change, requests));
            }
            case GroupChange.RequestsRevoked(var scene, var gone) -> {
                Node.Builder revoked = Node.element("revoked_membership_requests");
                gone.forEach(person -> revoked.child(GroupStanzas.participant(mode, person)));
                tell(scene.audience(), notification(change, revoked));
            }
            case GroupChange.PictureChanged(var scene, Optional<String> id) ->
                tell(
                        scene.audience(),
                        PictureNotices.notification(ids.get(), group.jid(), mode.name(scene.actor()), scene.at(), id));
            case GroupChange.SettingChanged(var scene, var setting) ->
                tell(scene.audience(), notification(change, GroupStanzas.setting(group, setting).toBuilder()));
        }
    }

    private static Node.Builder create(GroupChange.Created created) {
        Node.Builder create = Node.element("create").attribute("type", "new");
        created.key().ifPresent(key -> create.attribute("key", key));
        return create.child(GroupStanzas.metadata(created.scene().group()));
    }

    private static Node.Builder people(
            String tag, Addressing mode, List<Account> people, Versions versions, Optional<String> type) {
        Node.Builder node =
                Node.element(tag).attribute("v_id", versions.now()).attribute("prev_v_id", versions.before());
        for (Account person : people) {
            Node.Builder participant = GroupStanzas.participant(mode, person);
            type.ifPresent(rank -> participant.attribute("type", rank));
            node.child(participant);
        }
        return node;
    }

    private static Node.Builder subject(Group group) {
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

    private Node notification(GroupChange change, Node.Builder what) {
        GroupChange.Scene scene = change.scene();
        Addressing mode = scene.group().addressing();
        return Node.element("notification")
                .attribute("from", scene.group().jid())
                .attribute("type", "w:gp2")
                .attribute("id", ids.get())
                .attribute("participant", mode.name(scene.actor()))
                .attribute(mode == Addressing.LID ? "participant_pn" : "participant_lid", mode.alias(scene.actor()))
                .attribute("addressing_mode", mode.text())
                .attribute("notify", scene.actor().pushName().orElse(""))
                .attribute("t", scene.at().getEpochSecond())
                .child(what)
                .build();
    }

    private static void tell(List<Account> people, Node notification) {
        people.forEach(person -> person.devices().forEach(device -> device.deliver(notification)));
    }
}
