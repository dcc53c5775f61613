package io.greenfinch.client.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.client.SessionEvent.GroupAction;
import io.greenfinch.client.SessionEvent.GroupMembersChanged;
import io.greenfinch.client.store.Change;
import io.greenfinch.client.store.StateKind;
import io.greenfinch.protocol.binary.Node;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What notifications change in the members of a group, in both addressing modes (specification §18). */
final class GroupNotificationsTest extends GroupStateScript {

    @Test
    void somebodyIsAdded() {
        Notified notified = notified(change("add", 5, 6, BOB, CARLA));

        assertThat(notified.events()).containsExactly(event(GroupAction.ADDED, BOB, false, CARLA));
        assertThat(members()).containsExactly(ANNA, BOB, CARLA);
        assertThat(stored(notified)).isEqualTo(current());
        assertThat(current().version()).isEqualTo("6");
        assertThat(notified.refresh()).isFalse();
    }

    @Test
    void somebodyLeaves() {
        Notified notified = notified(change("remove", 5, 6, BOB, BOB));

        assertThat(notified.events()).containsExactly(event(GroupAction.LEFT, BOB, false, BOB));
        assertThat(members()).containsExactly(ANNA);
    }

    @Test
    void aLeaveIsRecognizedWhicheverNameTheActorHas() {
        Node leave = Node.element("notification")
                .attribute("from", GROUP)
                .attribute("type", "w:gp2")
                .attribute("participant", BOB.pn())
                .attribute("t", AT.getEpochSecond())
                .child(Node.element("remove")
                        .attribute("v_id", 6)
                        .child(Node.element("participant").attribute("jid", BOB.lid())))
                .build();

        Person byPn = new Person(BOB.pn(), Optional.empty());
        assertThat(notified(leave).events())
                .containsExactly(
                        new GroupMembersChanged(AT, GROUP, GroupAction.LEFT, Optional.of(byPn), List.of(BOB), false));
    }

    @Test
    void somebodyIsRemoved() {
        hold(known(5, member(ANNA, ""), member(BOB, "superadmin"), member(CARLA, "")));
        Notified notified = notified(change("remove", 5, 6, BOB, CARLA));

        assertThat(notified.events()).containsExactly(event(GroupAction.REMOVED, BOB, false, CARLA));
        assertThat(members()).containsExactly(ANNA, BOB);
    }

    @Test
    void promotionAndDemotionChangeRoles() {
        assertThat(notified(change("promote", 5, 6, BOB, ANNA)).events())
                .containsExactly(event(GroupAction.PROMOTED, BOB, true, ANNA));
        assertThat(role()).hasValue(Role.ADMIN);

        assertThat(notified(change("demote", 6, 7, BOB, ANNA)).events())
                .containsExactly(event(GroupAction.DEMOTED, BOB, true, ANNA));
        assertThat(role()).hasValue(Role.MEMBER);
    }

    @Test
    void promotingTheSuperAdminKeepsItsRank() {
        notified(change("promote", 5, 6, CARLA, BOB));

        assertThat(current().group().participant(BOB)).map(Participant::role).hasValue(Role.SUPERADMIN);
    }

    @Test
    void ourOwnLeaveDropsTheGroup() {
        Notified notified = notified(change("remove", 5, 6, ANNA, ANNA));

        assertThat(notified.events()).containsExactly(event(GroupAction.LEFT, ANNA, true, ANNA));
        assertThat(notified.changes())
                .containsExactly(
                        new Change.Remove(StateKind.GROUP, GROUP.toString()),
                        new Change.Remove(StateKind.GROUP_KEY, GROUP.toString()));
        assertThat(book.find(GROUP)).isEmpty();
        assertThat(notified.intentsMoot()).isFalse();
    }

    @Test
    void ourRemovalByAnotherDropsTheGroupAndOurIntent() {
        Notified notified = notified(change("remove", 5, 6, BOB, ANNA));

        assertThat(notified.events()).containsExactly(event(GroupAction.REMOVED, BOB, true, ANNA));
        assertThat(book.find(GROUP)).isEmpty();
        assertThat(notified.intentsMoot()).isTrue();
    }

    @Test
    void theEchoOfALeaveThatIsKnownAlreadyIsNoEvent() {
        book.outside(GROUP, true, book.moment());
        assertThat(told).hasSize(1);

        Notified notified = notified(change("remove", 5, 6, ANNA, ANNA));

        assertThat(notified.events()).isEmpty();
        assertThat(notified.changes()).isEmpty();
        assertThat(notified.refresh()).isFalse();
        book.outside(GROUP, true, book.moment());
        assertThat(told).hasSize(1);
    }

    @Test
    void theAnswerAfterTheEchoIsNoEvent() {
        notified(change("remove", 5, 6, ANNA, ANNA));
        book.outside(GROUP, true, book.moment());

        assertThat(told).isEmpty();
        assertThat(recorded).isEmpty();
    }

    @Test
    void thoseWhoLeaveAreToldHowTheyGetOut() {
        Seen watch = new Seen();
        book.watch(GROUP, watch);
        notified(change("remove", 5, 6, ANNA, ANNA));
        Seen other = new Seen();
        hold(known(5, member(ANNA, "")));
        book.unwatch(GROUP, watch);
        book.watch(GROUP, other);
        notified(change("remove", 5, 6, BOB, ANNA));

        assertThat(watch.told).containsExactly("left");
        assertThat(other.told).containsExactly("removed");
    }

    @Test
    void thoseWhoChangeAGroupAreToldOfTheirOwnChanges() {
        Seen one = new Seen();
        Seen two = new Seen();
        hold(known(5, member(ANNA, "admin")));
        book.watch(GROUP, one);
        book.watch(GROUP, two);
        notified(change("promote", 5, 6, BOB, BOB));
        notified(change("promote", 6, 7, ANNA, BOB));
        book.unwatch(GROUP, two);
        notified(change("demote", 7, 8, ANNA, BOB));

        assertThat(one.told).containsExactly("changed to 7", "changed to 8");
        assertThat(two.told).containsExactly("changed to 7");
    }

    @Test
    void aWatchIsTurnedAwayWhenTheGroupIsNotKnownAnyMore() {
        Seen watch = new Seen();
        book.outside(GROUP, true, book.moment());
        book.watch(GROUP, watch);
        notified(change("remove", 5, 6, ANNA, ANNA));

        assertThat(watch.told).containsExactly("left");
    }

    @Test
    void membersAreMatchedByEitherName() {
        Node demoted = Node.element("notification")
                .attribute("from", GROUP)
                .attribute("type", "w:gp2")
                .attribute("participant", BOB.pn())
                .child(Node.element("promote")
                        .attribute("v_id", 6)
                        .child(Node.element("participant").attribute("jid", ANNA.pn())))
                .build();

        assertThat(notified(demoted).events())
                .singleElement()
                .isInstanceOfSatisfying(GroupMembersChanged.class, event -> {
                    assertThat(event.self()).isTrue();
                    assertThat(event.affected()).containsExactly(ANNA);
                });
        assertThat(role()).hasValue(Role.ADMIN);
    }

    @Test
    void aNewGroupIsTakenIn() {
        drop(GROUP);
        Node created = notification(Node.element("create")
                .attribute("type", "new")
                .child(metadata(9, member(BOB, "superadmin"), member(ANNA, ""))));

        Notified notified = notified(created);

        assertThat(notified.events()).containsExactly(event(GroupAction.CREATED, BOB, true, BOB, ANNA));
        assertThat(role()).hasValue(Role.MEMBER);
        assertThat(stored(notified)).isEqualTo(current());
        assertThat(notified(created).events()).isEmpty();
    }

    @Test
    void beingAddedIsNoCreation() {
        drop(GROUP);
        Notified notified = notified(
                notification(Node.element("create").child(metadata(9, member(BOB, "superadmin"), member(ANNA, "")))));

        assertThat(notified.events()).containsExactly(event(GroupAction.ADDED, BOB, true, ANNA));
        assertThat(notified.intentsMoot())
                .as("an old leave explains nothing any more")
                .isTrue();
    }
}
