package io.greenfinch.client.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.client.SessionEvent.GroupAction;
import io.greenfinch.client.SessionEvent.GroupMembersChanged;
import io.greenfinch.protocol.binary.Node;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Notifications that come twice, late, or with something missing in between (specification §18). */
final class GroupVersionsTest extends GroupStateScript {

    @Test
    void theSameNotificationASecondTimeChangesNothing() {
        Node added = change("add", 5, 6, BOB, CARLA);
        notified(added);
        Notified again = notified(added);

        assertThat(again.events()).isEmpty();
        assertThat(again.changes()).isEmpty();
        assertThat(members()).containsExactly(ANNA, BOB, CARLA);
    }

    @Test
    void aChangeThatAQueryHasOvertakenIsStillAnEvent() {
        book.fetched(known(7, member(ANNA, ""), member(BOB, "superadmin")), book.moment());
        Notified notified = notified(change("add", 5, 6, BOB, CARLA));

        assertThat(notified.events()).containsExactly(event(GroupAction.ADDED, BOB, false, CARLA));
        assertThat(members()).as("Carla came and went").containsExactly(ANNA, BOB);
        assertThat(notified.refresh()).isFalse();
        assertThat(notified(change("add", 5, 6, BOB, CARLA)).events()).isEmpty();
    }

    @Test
    void aGapInTheVersionsAsksForTheMetadata() {
        Notified notified = notified(change("add", 7, 8, BOB, CARLA));

        assertThat(notified.refresh()).isTrue();
        assertThat(notified.events()).hasSize(1);
        assertThat(members()).contains(CARLA);
        assertThat(role()).as("a role that may be out of date").isEmpty();

        book.fetched(known(8, member(ANNA, "admin"), member(BOB, ""), member(CARLA, "")), book.moment());
        assertThat(role()).hasValue(Role.ADMIN);
    }

    @Test
    void versionsMayBeMissing() {
        Node added = Node.element("notification")
                .attribute("from", GROUP)
                .attribute("type", "w:gp2")
                .child(Node.element("add").child(Node.element("participant").attribute("jid", CARLA.lid())))
                .build();

        Notified notified = notified(added);

        assertThat(notified.events()).singleElement().isInstanceOfSatisfying(GroupMembersChanged.class, event -> {
            assertThat(event.at()).isEqualTo(book.now());
            assertThat(event.actor()).isEmpty();
        });
        assertThat(notified(added).events()).isEmpty();
        assertThat(current().version()).isEqualTo("5");
    }

    @Test
    void metadataWithoutAVersionAreNotOutOfDateForThat() {
        KnownGroup unversioned =
                new KnownGroup(current().group(), "", "", current().settingsAt());
        book.fetched(unversioned, book.moment());
        assertThat(book.doubted()).isEmpty();
        book.fetched(unversioned, book.moment());
        book.fetched(known(6, member(ANNA, "admin")), book.moment());

        assertThat(role()).hasValue(Role.ADMIN);
    }

    @Test
    void ofAGroupThatIsNotKnownOnlyAQueryTells() {
        drop(GROUP);

        assertThat(notified(change("promote", 5, 6, BOB, CARLA)).refresh()).isTrue();
        assertThat(notified(notification(Node.element("locked"))).refresh()).isTrue();
        assertThat(notified(change("promote", 5, 6, BOB, CARLA)).events()).isEmpty();
    }

    @Test
    void severalChangesInOneNotificationAllCount() {
        Node both = change("remove", 5, 6, BOB, BOB).toBuilder()
                .child(Node.element("promote")
                        .attribute("v_id", 7)
                        .attribute("prev_v_id", 6)
                        .child(participant(ANNA, "")))
                .build();

        Notified notified = notified(both);

        assertThat(notified.events()).hasSize(2);
        assertThat(role()).hasValue(Role.ADMIN);
        assertThat(members()).containsExactly(ANNA);
    }

    @ParameterizedTest
    @CsvSource({"5, 6, true", "6, 5, false", "5, 5, false", "abc, abd, true", "abc, abc, false", "9, 10, true"})
    void versionsAreComparedAsNumbersWhereTheyAreSome(String known, String change, boolean newer) {
        KnownGroup group =
                new KnownGroup(current().group(), known, known, current().settingsAt());

        assertThat(group.lacks(change)).isEqualTo(newer);
        assertThat(group.untold(change)).isEqualTo(newer);
    }
}
