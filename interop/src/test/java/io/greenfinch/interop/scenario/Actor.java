package io.greenfinch.interop.scenario;

import io.greenfinch.interop.peer.Peer;
import io.greenfinch.interop.peer.PeerEvent.Changed;
import io.greenfinch.interop.peer.PeerEvent.Joined;
import io.greenfinch.interop.peer.PeerEvent.Kind;
import io.greenfinch.interop.peer.PeerEvent.Renamed;
import io.greenfinch.interop.peer.PeerGroup;
import io.greenfinch.interop.service.Person;
import java.util.List;

/** A linked third-party client and the account it is linked to. */
record Actor(Peer peer, Person person) {

    /** Waits until it learns that it is in a group, and returns the group as it was told of it. */
    PeerGroup awaitJoined(String group) {
        return peer.await(Joined.class, event -> event.group().id().equals(group))
                .group();
    }

    /** Waits until it sees that one did something to another in a group. */
    Changed awaitChange(String group, Kind kind, Person who, Person whom) {
        return peer.await(
                Changed.class, event -> event.group().equals(group) && event.kind() == kind && event.isBy(who, whom));
    }

    Renamed awaitRenamed(String group, String subject) {
        return peer.await(
                Renamed.class,
                event -> event.group().equals(group) && event.subject().equals(subject));
    }

    /** What it saw happen to the members of a group so far, in order. */
    List<Kind> changesSeen(String group) {
        return peer.seen(Changed.class).stream()
                .filter(event -> event.group().equals(group))
                .map(Changed::kind)
                .toList();
    }

    @Override
    public String toString() {
        return peer.toString();
    }
}
