package io.greenfinch.client.group;

import io.greenfinch.client.SessionEvent;
import io.greenfinch.client.SessionEvent.GroupAction;
import io.greenfinch.client.SessionEvent.GroupChanged;
import io.greenfinch.client.SessionEvent.GroupMembersChanged;
import io.greenfinch.protocol.binary.Jid;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The events of what a session learns of its own groups without a notification: from answers and from lists. */
final class OwnEvents {

    private OwnEvents() {}

    /** A new group, ours or one that we are in from the beginning. */
    static GroupMembersChanged created(Instant at, KnownGroup group, Optional<Person> actor) {
        List<Person> members =
                group.group().participants().stream().map(Participant::person).toList();
        return new GroupMembersChanged(at, group.group().id(), GroupAction.CREATED, actor, members, true);
    }

    /** We turn out to be in a group; nobody told how. */
    static GroupMembersChanged joined(Instant at, Jid group, Optional<Person> self) {
        return own(at, group, GroupAction.ADDED, self, Optional.empty());
    }

    /** We are in a group no more: by our own doing, or nobody knows how. */
    static GroupMembersChanged out(Instant at, Jid group, Optional<Person> self, boolean byUs) {
        return byUs
                ? own(at, group, GroupAction.LEFT, self, self)
                : own(at, group, GroupAction.REMOVED, self, Optional.empty());
    }

    /** Anything but the members is other than it was. */
    static List<SessionEvent> changed(Instant at, KnownGroup before, KnownGroup after) {
        boolean sameButMembers =
                before.group().withParticipants(List.of()).equals(after.group().withParticipants(List.of()));
        return sameButMembers
                ? List.of()
                : List.of(new GroupChanged(at, after.group().id()));
    }

    private static GroupMembersChanged own(
            Instant at, Jid group, GroupAction action, Optional<Person> self, Optional<Person> actor) {
        return new GroupMembersChanged(
                at, group, action, actor, self.map(List::of).orElse(List.of()), true);
    }

    /** The event that an update of the members is, unless somebody left. */
    static GroupAction action(GroupUpdate.Action action) {
        return switch (action) {
            case ADD -> GroupAction.ADDED;
            case REMOVE -> GroupAction.REMOVED;
            case PROMOTE -> GroupAction.PROMOTED;
            case DEMOTE -> GroupAction.DEMOTED;
        };
    }
}
