package io.greenfinch.simulator.world;

import io.greenfinch.protocol.appstate.AppStateCollection;
import io.greenfinch.simulator.account.Companion;
import io.greenfinch.simulator.account.Device;
import io.greenfinch.simulator.account.SimulatedAccount;
import io.greenfinch.simulator.group.SimulatedGroupEvent;
import io.greenfinch.simulator.picture.PictureReplacement;

/** Something that happened in the world, for {@link World#subscribe}. The world has changed already. */
public sealed interface WorldEvent {

    /** A companion was linked. */
    record Linked(Companion companion) implements WorldEvent {}

    /** A companion left its first one-time prekeys with the service: from now on its phone can write to it. */
    record Equipped(Companion companion) implements WorldEvent {}

    /** A companion was unlinked; it is no longer in the account's list. */
    record Unlinked(Companion companion) implements WorldEvent {}

    /** A phone registered anew and has another identity key. */
    record RegisteredAnew(SimulatedAccount account) implements WorldEvent {}

    /** Somebody changed their own picture. */
    record PictureChanged(PictureReplacement change) implements WorldEvent {}

    /** A device wrote to the app state of its account, which made this version of the collection. */
    record AppStateChanged(Device writer, AppStateCollection collection, long version) implements WorldEvent {}

    /**
     * A device blocked somebody for its account, or took that back.
     *
     * @param hashBefore of the list as it was
     */
    record BlockListChanged(Device device, SimulatedAccount person, boolean blocked, String hashBefore)
            implements WorldEvent {}

    /** A device changed the privacy settings of its account. */
    record PrivacyChanged(Device device) implements WorldEvent {}

    /** A group was created, or it, its members or those who want to come in changed. */
    record GroupChanged(SimulatedGroupEvent event) implements WorldEvent {}
}
