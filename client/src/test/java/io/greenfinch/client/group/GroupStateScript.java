package io.greenfinch.client.group;

import io.greenfinch.client.Account;
import io.greenfinch.client.SessionEvent;
import io.greenfinch.client.SessionEvent.GroupAction;
import io.greenfinch.client.SessionEvent.GroupMembersChanged;
import io.greenfinch.client.SteppedClock;
import io.greenfinch.client.stanza.StanzaDecision;
import io.greenfinch.client.store.Change;
import io.greenfinch.client.store.InMemorySessionStore;
import io.greenfinch.client.store.ProcessCache;
import io.greenfinch.client.store.SessionState;
import io.greenfinch.client.store.StateKind;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;

/** What the tests of group state have in common: a group of Anna, who is us, and Bob. */
class GroupStateScript {

    static final Jid GROUP = Jid.group("120363000000000001");
    static final Person ANNA = person("15550001001", "900000000000001");
    static final Person BOB = person("15550001002", "900000000000002");
    static final Person CARLA = person("15550001003", "900000000000003");
    static final Instant AT = Instant.ofEpochSecond(1795400000);

    final SteppedClock clock = SteppedClock.atSomeTime();
    final List<Change> recorded = new ArrayList<>();
    final List<SessionEvent> told = new ArrayList<>();
    final SessionState state = new SessionState(1, new InMemorySessionStore<>(), new ProcessCache(), () -> false);
    final GroupBook book = new GroupBook(clock, state, (changes, events) -> {
        state.decided(changes);
        recorded.addAll(changes);
        told.addAll(events);
    });

    /** What one notification meant, once it has been taken in. */
    record Notified(List<Change> changes, List<SessionEvent> events, boolean refresh, boolean intentsMoot) {}

    @BeforeEach
    void weAreAnna() {
        Account anna = new Account(
                new Jid("15550001001", 1, Jid.USERS, 0),
                Optional.of(new Jid("900000000000001", 1, Jid.LIDS, 0)),
                "android");
        book.serverTime(AT);
        book.load(anna, Set.of(), Set.of());
        hold(known(5, member(ANNA, ""), member(BOB, "superadmin")));
    }

    Notified notified(Node notification) {
        GroupDraft draft =
                new GroupDraft(book, GroupNotification.parse(notification).orElseThrow());
        StanzaDecision decision = draft.decision();
        state.decided(decision.changes());
        decision.effects().forEach(Runnable::run);
        return new Notified(decision.changes(), decision.events(), draft.refresh(), draft.intentsMoot());
    }

    void hold(KnownGroup known) {
        state.decided(List.of(HeldGroups.put(known)));
    }

    void drop(Jid group) {
        state.decided(List.of(HeldGroups.remove(group)));
    }

    void doubt(Jid group) {
        state.decided(List.of(HeldGroups.doubt(group)));
    }

    List<Change> begin(List<KnownGroup> list, long asked) {
        List<Change> changes = book.begin(list, asked);
        state.decided(changes);
        return changes;
    }

    KnownGroup current() {
        return book.find(GROUP).orElseThrow();
    }

    List<Person> members() {
        return current().group().participants().stream()
                .map(Participant::person)
                .toList();
    }

    /** What the store has after this. */
    KnownGroup stored(Notified notified) {
        return reloaded(notified.changes()).find(GROUP).orElseThrow();
    }

    /** A book after a restart, with what these changes left in the store. */
    GroupBook reloaded(List<Change> changes) {
        InMemorySessionStore<Object> store = new InMemorySessionStore<>();
        store.commit(1, store.claim(1), changes, List.of())
                .toCompletableFuture()
                .join();
        SessionState loaded = new SessionState(1, store, new ProcessCache(), () -> false);
        GroupBook later = new GroupBook(clock, loaded, (more, events) -> {
            loaded.decided(more);
            recorded.addAll(more);
        });
        later.load(null, store.keys(1, StateKind.GROUP), store.keys(1, StateKind.GROUP_DOUBT));
        return later;
    }

    /** What a watch was told. */
    static final class Seen implements GroupWatch {
        final List<String> told = new ArrayList<>();

        @Override
        public void left() {
            told.add("left");
        }

        @Override
        public void removed() {
            told.add("removed");
        }

        @Override
        public void changed(KnownGroup now) {
            told.add("changed to " + now.version());
        }
    }

    Optional<Role> role() {
        return book.certain(GROUP).flatMap(book::ownRole);
    }

    static GroupMembersChanged event(GroupAction action, Person actor, boolean self, Person... affected) {
        return new GroupMembersChanged(AT, GROUP, action, Optional.of(actor), List.of(affected), self);
    }

    static Node notification(Node.Builder change) {
        return Node.element("notification")
                .attribute("from", GROUP)
                .attribute("type", "w:gp2")
                .attribute("participant", BOB.lid())
                .attribute("participant_pn", BOB.pn())
                .attribute("t", AT.getEpochSecond())
                .child(change)
                .build();
    }

    static Node change(String action, long previous, long version, Person actor, Person person) {
        return Node.element("notification")
                .attribute("from", GROUP)
                .attribute("type", "w:gp2")
                .attribute("participant", actor.lid())
                .attribute("participant_pn", actor.pn())
                .attribute("t", AT.getEpochSecond())
                .child(Node.element(action)
                        .attribute("v_id", version)
                        .attribute("prev_v_id", previous)
                        .child(participant(person, "")))
                .build();
    }

    static Node.Builder participant(Person person, String type) {
        return Node.element("participant")
                .attribute("jid", person.lid())
                .attribute("phone_number", person.pn())
                .attribute("type", type);
    }

    static Node member(Person person, String type) {
        return participant(person, type).build();
    }

    static Node metadata(long version, Node... members) {
        return Node.element("group")
                .attribute("id", GROUP.user())
                .attribute("subject", "Team")
                .attribute("p_v_id", version)
                .attribute("addressing_mode", "lid")
                .attribute("size", members.length)
                .children(List.of(members))
                .build();
    }

    /** Bob takes us in. */
    static Node.Builder created() {
        return Node.element("create").child(metadata(5, member(ANNA, ""), member(BOB, "superadmin")).toBuilder());
    }

    static KnownGroup known(long version, Node... members) {
        return GroupParser.parse(metadata(version, members)).orElseThrow();
    }

    static Person person(String pn, String lid) {
        return new Person(Optional.of(Jid.pn(pn)), Optional.of(Jid.lid(lid)));
    }
}
