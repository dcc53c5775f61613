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
final class GroupNewsTest extends GroupNewsScript {

    @Test
    void somebodyIsAdded() {
        GroupNews news = news(change("add", 5, 6, BOB, CARLA));

        assertThat(news.events()).containsExactly(event(GroupAction.ADDED, BOB, false, CARLA));
        assertThat(members()).containsExactly(ANNA, BOB, CARLA);
        assertThat(stored(news)).isEqualTo(current());
        assertThat(current().version()).isEqualTo("6");
        assertThat(news.refresh()).isFalse();
    }

    @Test
    void somebodyLeaves() {
        GroupNews news = news(change("remove", 5, 6, BOB, BOB));

        assertThat(news.events()).containsExactly(event(GroupAction.LEFT, BOB, false, BOB));
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
        assertThat(news(leave).events())
                .containsExactly(
                        new GroupMembersChanged(AT, GROUP, GroupAction.LEFT, Optional.of(byPn), List.of(BOB), false));
    }

    @Test
    void somebodyIsRemoved() {
        book.put(known(5, member(ANNA, ""), member(BOB, "superadmin"), member(CARLA, "")));
        GroupNews news = news(change("remove", 5, 6, BOB, CARLA));

        assertThat(news.events()).containsExactly(event(GroupAction.REMOVED, BOB, false, CARLA));
        assertThat(members()).containsExactly(ANNA, BOB);
    }

    @Test
    void promotionAndDemotionChangeRoles() {
        assertThat(news(change("promote", 5, 6, BOB, ANNA)).events())
                .containsExactly(event(GroupAction.PROMOTED, BOB, true, ANNA));
        assertThat(role()).hasValue(Role.ADMIN);

        assertThat(news(change("demote", 6, 7, BOB, ANNA)).events())
                .containsExactly(event(GroupAction.DEMOTED, BOB, true, ANNA));
        assertThat(role()).hasValue(Role.MEMBER);
    }

    @Test
    void promotingTheSuperAdminKeepsItsRank() {
        news(change("promote", 5, 6, CARLA, BOB));

        assertThat(current().group().participant(BOB)).map(Participant::role).hasValue(Role.SUPERADMIN);
    }

    @Test
    void ourOwnLeaveDropsTheGroup() {
        GroupNews news = news(change("remove", 5, 6, ANNA, ANNA));

        assertThat(news.events()).containsExactly(event(GroupAction.LEFT, ANNA, true, ANNA));
        assertThat(news.changes()).containsExactly(new Change.Remove(StateKind.GROUP, GROUP.toString()));
        assertThat(book.find(GROUP)).isEmpty();
        assertThat(news.intentsMoot()).isFalse();
    }

    @Test
    void ourRemovalByAnotherDropsTheGroupAndOurIntent() {
        GroupNews news = news(change("remove", 5, 6, BOB, ANNA));

        assertThat(news.events()).containsExactly(event(GroupAction.REMOVED, BOB, true, ANNA));
        assertThat(book.find(GROUP)).isEmpty();
        assertThat(news.intentsMoot()).isTrue();
    }

    @Test
    void theEchoOfALeaveThatIsKnownAlreadyIsNoEvent() {
        book.outside(GROUP, true, book.moment());
        assertThat(told).hasSize(1);

        GroupNews news = news(change("remove", 5, 6, ANNA, ANNA));

        assertThat(news.events()).isEmpty();
        assertThat(news.changes()).isEmpty();
        assertThat(news.refresh()).isFalse();
        book.outside(GROUP, true, book.moment());
        assertThat(told).hasSize(1);
    }

    @Test
    void theAnswerAfterTheEchoIsNoEvent() {
        news(change("remove", 5, 6, ANNA, ANNA));
        book.outside(GROUP, true, book.moment());

        assertThat(told).isEmpty();
        assertThat(recorded).isEmpty();
    }

    @Test
    void thoseWhoLeaveAreToldHowTheyGetOut() {
        Seen watch = new Seen();
        book.watch(GROUP, watch);
        news(change("remove", 5, 6, ANNA, ANNA));
        Seen other = new Seen();
        book.put(known(5, member(ANNA, "")));
        book.unwatch(GROUP, watch);
        book.watch(GROUP, other);
        news(change("remove", 5, 6, BOB, ANNA));

        assertThat(watch.told).containsExactly("left");
        assertThat(other.told).containsExactly("removed");
    }

    @Test
    void thoseWhoChangeAGroupAreToldOfTheirOwnChanges() {
        Seen one = new Seen();
        Seen two = new Seen();
        book.put(known(5, member(ANNA, "admin")));
        book.watch(GROUP, one);
        book.watch(GROUP, two);
        news(change("promote", 5, 6, BOB, BOB));
        news(change("promote", 6, 7, ANNA, BOB));
        book.unwatch(GROUP, two);
        news(change("demote", 7, 8, ANNA, BOB));

        assertThat(one.told).containsExactly("changed to 7", "changed to 8");
        assertThat(two.told).containsExactly("changed to 7");
    }

    @Test
    void aWatchIsTurnedAwayWhenTheGroupIsNotKnownAnyMore() {
        Seen watch = new Seen();
        book.outside(GROUP, true, book.moment());
        book.watch(GROUP, watch);
        news(change("remove", 5, 6, ANNA, ANNA));

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

        assertThat(news(demoted).events()).singleElement().isInstanceOfSatisfying(GroupMembersChanged.class, event -> {
            assertThat(event.self()).isTrue();
            assertThat(event.affected()).containsExactly(ANNA);
        });
        assertThat(role()).hasValue(Role.ADMIN);
    }

    @Test
    void aNewGroupIsTakenIn() {
        book.remove(GROUP);
        Node created = notification(Node.element("create")
                .attribute("type", "new")
                .child(metadata(9, member(BOB, "superadmin"), member(ANNA, ""))));

        GroupNews news = news(created);

        assertThat(news.events()).containsExactly(event(GroupAction.CREATED, BOB, true, BOB, ANNA));
        assertThat(role()).hasValue(Role.MEMBER);
        assertThat(stored(news)).isEqualTo(current());
        assertThat(news(created).events()).isEmpty();
    }

    @Test
    void beingAddedIsNoCreation() {
        book.remove(GROUP);
        GroupNews news = news(
                notification(Node.element("create").child(metadata(9, member(BOB, "superadmin"), member(ANNA, "")))));

        assertThat(news.events()).containsExactly(event(GroupAction.ADDED, BOB, true, ANNA));
        assertThat(news.intentsMoot())
                .as("an old leave explains nothing any more")
                .isTrue();
    }
}
