package io.greenfinch.simulator.group;

import io.greenfinch.simulator.account.SimulatedAccount;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Something that happened to a group, for those who are to hear of it (specification §18). */
public sealed interface SimulatedGroupEvent {

    /** Where, by whom, when and for whom. */
    Context context();

    /**
     * Where, by whom, when and for whom.
     *
     * @param group the group, already changed
     * @param actor who did it
     * @param at when
     * @param audience whose devices hear of it
     */
    record Context(SimulatedGroup group, SimulatedAccount actor, Instant at, List<SimulatedAccount> audience) {}

    /** The group was created; {@code key} is what the creating client called its request. */
    record Created(Context context, Optional<String> key) implements SimulatedGroupEvent {}

    /** People were added. They are in the audience, and hear of it in another way than those who were there. */
    record Added(Context context, List<SimulatedAccount> added, Versions versions) implements SimulatedGroupEvent {

        /** Whether the only person concerned came by themselves, with an invite link. */
        public boolean joined() {
            return added.size() == 1 && added.getFirst() == context.actor();
        }
    }

    /** People left or were removed. They are in the audience. */
    record Removed(Context context, List<SimulatedAccount> removed, Versions versions) implements SimulatedGroupEvent {

        /** Whether the only person concerned went by themselves. */
        public boolean left() {
            return removed.size() == 1 && removed.getFirst() == context.actor();
        }
    }

    /** Members became admins. */
    record Promoted(Context context, List<SimulatedAccount> promoted, Versions versions)
            implements SimulatedGroupEvent {}

    /** Admins became plain members. */
    record Demoted(Context context, List<SimulatedAccount> demoted, Versions versions) implements SimulatedGroupEvent {}

    /** The subject changed. */
    record SubjectChanged(Context context, String before) implements SimulatedGroupEvent {}

    /** The description changed, or was deleted when {@code now} is empty; {@code id} is the id of the change. */
    record DescriptionChanged(Context context, String id, Optional<Description> now) implements SimulatedGroupEvent {}

    /** The invite link has another code. */
    record LinkReset(Context context, String code) implements SimulatedGroupEvent {}

    /** People are to be let in, if admins agree. Only admins hear of it. */
    record Requested(Context context, MembershipRequest.Method method, List<SimulatedAccount> people)
            implements SimulatedGroupEvent {

        /** Whether the only person concerned asked by themselves. */
        public boolean own() {
            return people.size() == 1 && people.getFirst() == context.actor();
        }
    }

    /** Requests to be let in were turned down, or taken back. Only admins hear of it. */
    record RequestsRevoked(Context context, List<SimulatedAccount> people) implements SimulatedGroupEvent {

        /** Whether the only person concerned thought better of it. */
        public boolean own() {
            return people.size() == 1 && people.getFirst() == context.actor();
        }
    }

    /**
     * A group came into a community, or was taken out of it. Both have an event of it.
     *
     * @param linked whether they belong together from now on
     * @param other the community, where the event is the group's; the group, where it is the community's
     */
    record Related(Context context, boolean linked, SimulatedGroup other) implements SimulatedGroupEvent {}

    /** The picture changed; {@code id} is the id of the new one, empty when it was removed. */
    record PictureChanged(Context context, Optional<String> id) implements SimulatedGroupEvent {}

    /** A setting changed. */
    record SettingChanged(Context context, GroupSetting setting) implements SimulatedGroupEvent {}
}
