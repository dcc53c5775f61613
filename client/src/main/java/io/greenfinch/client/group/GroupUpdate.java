package io.greenfinch.client.group;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** One change that a group notification tells (specification §18). */
public sealed interface GroupUpdate {

    /**
     * The group is new to us.
     *
     * @param fresh true when it was just created, false when we were added to it
     * @param key what its creator called the request; may be empty
     */
    record Created(KnownGroup group, boolean fresh, String key) implements GroupUpdate {}

    /**
     * Members came, went or changed their role.
     *
     * @param version of the member list after the change; may be empty
     * @param previous version before the change; may be empty
     */
    record Members(Action action, String version, String previous, List<Participant> people) implements GroupUpdate {
        public Members {
            people = List.copyOf(people);
        }
    }

    /** A new name. */
    record Subject(String subject, Instant at, Optional<Person> owner) implements GroupUpdate {}

    /** A setting has changed. */
    record Setting(UnaryOperator<Group.Settings> change) implements GroupUpdate {}

    /** The group is gone for everybody. */
    record Deleted() implements GroupUpdate {}

    /** Something changed that the notification does not tell completely: the metadata must be fetched anew. */
    record Unclear(String tag) implements GroupUpdate {}

    /** A kind of change that we do not know: whether the metadata shows it is seen when it is fetched. */
    record Unknown(String tag) implements GroupUpdate {}

    /** Nothing that the metadata shows. */
    record Unrelated(String tag) implements GroupUpdate {}

    /** What happened to members. */
    enum Action {
        ADD,
        REMOVE,
        PROMOTE,
        DEMOTE
    }
}
