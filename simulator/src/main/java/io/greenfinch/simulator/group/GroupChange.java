package io.greenfinch.simulator.group;

import io.greenfinch.simulator.account.Account;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Something that happened to a group, for those who are to hear of it (specification §18). */
public sealed interface GroupChange {

    /** Where, by whom, when and for whom. */
    Scene scene();

    /**
     * Where, by whom, when and for whom.
     *
     * @param group the group, already changed
     * @param actor who did it
     * @param at when
     * @param audience whose devices hear of it
     */
    record Scene(Group group, Account actor, Instant at, List<Account> audience) {}

    /** The group was created; {@code key} is what the creating client called its request. */
    record Created(Scene scene, Optional<String> key) implements GroupChange {}

    /** People were added. They are in the audience, and hear of it in another way than those who were there. */
    record Added(Scene scene, List<Account> added, Versions versions) implements GroupChange {

        /** Whether the only person concerned came by themselves, with an invite link. */
        public boolean joined() {
            return added.size() == 1 && added.getFirst() == scene.actor();
        }
    }

    /** People left or were removed. They are in the audience. */
    record Removed(Scene scene, List<Account> removed, Versions versions) implements GroupChange {

        /** Whether the only person concerned went by themselves. */
        public boolean left() {
            return removed.size() == 1 && removed.getFirst() == scene.actor();
        }
    }

    /** Members became admins. */
    record Promoted(Scene scene, List<Account> promoted, Versions versions) implements GroupChange {}

    /** Admins became plain members. */
    record Demoted(Scene scene, List<Account> demoted, Versions versions) implements GroupChange {}

    /** The subject changed. */
    record SubjectChanged(Scene scene, String before) implements GroupChange {}

    /** The description changed, or was deleted when {@code now} is empty; {@code id} is the id of the change. */
    record DescriptionChanged(Scene scene, String id, Optional<Description> now) implements GroupChange {}

    /** The invite link has another code. */
    record LinkReset(Scene scene, String code) implements GroupChange {}

    /** People are to be let in, if admins agree. Only admins hear of it. */
    record Requested(Scene scene, JoinRequest.Method method, List<Account> people) implements GroupChange {

        /** Whether the only person concerned asked by themselves. */
        public boolean own() {
            return people.size() == 1 && people.getFirst() == scene.actor();
        }
    }

    /** Requests to be let in were turned down, or taken back. Only admins hear of it. */
    record RequestsRevoked(Scene scene, List<Account> people) implements GroupChange {

        /** Whether the only person concerned thought better of it. */
        public boolean own() {
            return people.size() == 1 && people.getFirst() == scene.actor();
        }
    }

    /** The picture changed; {@code id} is the id of the new one, empty when it was removed. */
    record PictureChanged(Scene scene, Optional<String> id) implements GroupChange {}

    /** A setting changed. */
    record SettingChanged(Scene scene, Setting setting) implements GroupChange {}
}
