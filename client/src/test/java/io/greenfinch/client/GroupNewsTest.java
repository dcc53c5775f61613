package io.greenfinch.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.client.SessionEvent.GroupAction;
import io.greenfinch.client.SessionEvent.GroupChanged;
import io.greenfinch.client.SessionEvent.GroupMembersChanged;
import io.greenfinch.client.group.Group;
import io.greenfinch.client.group.GroupNotification;
import io.greenfinch.client.group.GroupParser;
import io.greenfinch.client.group.KnownGroup;
import io.greenfinch.client.group.Participant;
import io.greenfinch.client.group.Person;
import io.greenfinch.client.group.Role;
import io.greenfinch.client.leave.Watch;
import io.greenfinch.client.store.Change;
import io.greenfinch.client.store.StateKind;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Group state as notifications change it (specification §18), in both addressing modes. */
final class GroupNewsTest {

    private static final Jid GROUP = Jid.group("120363000000000001");
    private static final Person ANNA = person("15550001001", "900000000000001");
    private static final Person BOB = person("15550001002", "900000000000002");
    private static final Person CARLA = person("15550001003", "900000000000003");
    private static final Instant AT = Instant.ofEpochSecond(1795400000);

    private final SteppedClock clock = SteppedClock.atSomeTime();
    private final List<Change> recorded = new ArrayList<>();
    private final List<SessionEvent> told = new ArrayList<>();
    private final GroupBook book = new GroupBook(clock, (changes, events) -> {
        recorded.addAll(changes);
        told.addAll(events);
    });

    @BeforeEach
    void weAreAnna() {
        Account anna = new Account(
                new Jid("15550001001", 1, Jid.USERS, 0),
                Optional.of(new Jid("900000000000001", 1, Jid.LIDS, 0)),
                "android");
        book.load(anna, Map.of());
        book.put(known(5, member(ANNA, ""), member(BOB, "superadmin")));
    }

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
        assertThat(book.role(GROUP)).hasValue(Role.ADMIN);

        assertThat(news(change("demote", 6, 7, BOB, ANNA)).events())
                .containsExactly(event(GroupAction.DEMOTED, BOB, true, ANNA));
        assertThat(book.role(GROUP)).hasValue(Role.MEMBER);
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
        book.outside(GROUP, true);
        assertThat(told).hasSize(1);

        GroupNews news = news(change("remove", 5, 6, ANNA, ANNA));

        assertThat(news.events()).isEmpty();
        assertThat(news.changes()).isEmpty();
        assertThat(news.refresh()).isFalse();
        book.outside(GROUP, true);
        assertThat(told).hasSize(1);
    }

    @Test
    void theAnswerAfterTheEchoIsNoEvent() {
        news(change("remove", 5, 6, ANNA, ANNA));
        book.outside(GROUP, true);

        assertThat(told).isEmpty();
        assertThat(recorded).isEmpty();
    }

    @Test
    void thoseWhoLeaveAreToldHowTheyGetOut() {
        Watch watch = new Watch();
        book.watch(GROUP, watch);
        news(change("remove", 5, 6, ANNA, ANNA));
        Watch other = new Watch();
        book.put(known(5, member(ANNA, "")));
        book.watch(GROUP, other);
        news(change("remove", 5, 6, BOB, ANNA));

        assertThat(watch).usingRecursiveComparison().isEqualTo(seen(true, false));
        assertThat(other).usingRecursiveComparison().isEqualTo(seen(false, true));
    }

    @Test
    void aWatchIsTurnedAwayWhenTheGroupIsNotKnownAnyMore() {
        Watch watch = new Watch();
        book.outside(GROUP, true);
        book.watch(GROUP, watch);
        news(change("remove", 5, 6, ANNA, ANNA));

        assertThat(watch).usingRecursiveComparison().isEqualTo(seen(true, false));
    }

    @Test
    void theSameNotificationASecondTimeChangesNothing() {
        Node added = change("add", 5, 6, BOB, CARLA);
        news(added);
        GroupNews again = news(added);

        assertThat(again.events()).isEmpty();
        assertThat(again.changes()).isEmpty();
        assertThat(members()).containsExactly(ANNA, BOB, CARLA);
    }

    @Test
    void aChangeThatAQueryHasOvertakenIsStillAnEvent() {
        book.fetched(known(7, member(ANNA, ""), member(BOB, "superadmin")));
        GroupNews news = news(change("add", 5, 6, BOB, CARLA));

        assertThat(news.events()).containsExactly(event(GroupAction.ADDED, BOB, false, CARLA));
        assertThat(members()).as("Carla came and went").containsExactly(ANNA, BOB);
        assertThat(news.refresh()).isFalse();
        assertThat(news(change("add", 5, 6, BOB, CARLA)).events()).isEmpty();
    }

    @Test
    void aGapInTheVersionsAsksForTheMetadata() {
        GroupNews news = news(change("add", 7, 8, BOB, CARLA));

        assertThat(news.refresh()).isTrue();
        assertThat(news.events()).hasSize(1);
        assertThat(members()).contains(CARLA);
        assertThat(book.role(GROUP)).as("a role that may be out of date").isEmpty();

        book.fetched(known(8, member(ANNA, "admin"), member(BOB, ""), member(CARLA, "")));
        assertThat(book.role(GROUP)).hasValue(Role.ADMIN);
    }

    @Test
    void versionsMayBeMissing() {
        Node added = Node.element("notification")
                .attribute("from", GROUP)
                .attribute("type", "w:gp2")
                .child(Node.element("add").child(Node.element("participant").attribute("jid", CARLA.lid())))
                .build();

        GroupNews news = news(added);

        assertThat(news.events()).singleElement().isInstanceOfSatisfying(GroupMembersChanged.class, event -> {
            assertThat(event.at()).isEqualTo(clock.instant());
            assertThat(event.actor()).isEmpty();
        });
        assertThat(news(added).events()).isEmpty();
        assertThat(current().version()).isEqualTo("5");
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
        assertThat(book.role(GROUP)).hasValue(Role.ADMIN);
    }

    @Test
    void aNewGroupIsTakenIn() {
        book.remove(GROUP);
        Node created = notification(Node.element("create")
                .attribute("type", "new")
                .child(metadata(9, member(BOB, "superadmin"), member(ANNA, ""))));

        GroupNews news = news(created);

        assertThat(news.events()).containsExactly(event(GroupAction.CREATED, BOB, true, BOB, ANNA));
        assertThat(book.role(GROUP)).hasValue(Role.MEMBER);
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

    @Test
    void theSubjectChanges() {
        GroupNews news = news(notification(Node.element("subject")
                .attribute("subject", "New name")
                .attribute("s_t", 1795400099)
                .attribute("s_o", CARLA.lid())
                .attribute("s_o_pn", CARLA.pn())));

        assertThat(news.events()).containsExactly(new GroupChanged(AT, GROUP));
        assertThat(current().group().subject()).isEqualTo("New name");
        assertThat(current().group().subjectTime()).isEqualTo(Instant.ofEpochSecond(1795400099));
        assertThat(current().group().subjectOwner()).hasValue(CARLA);
    }

    @Test
    void everySettingChangesOnceAndBack() {
        assertThat(settings(Node.empty("locked")).locked()).isTrue();
        assertThat(settings(Node.empty("unlocked")).locked()).isFalse();
        assertThat(settings(Node.empty("announcement")).announcement()).isTrue();
        assertThat(settings(Node.empty("not_announcement")).announcement()).isFalse();
        assertThat(settings(Node.element("ephemeral")
                                .attribute("expiration", 86400)
                                .build())
                        .ephemeralSeconds())
                .isEqualTo(86400);
        assertThat(settings(Node.empty("not_ephemeral")).ephemeralSeconds()).isZero();
        assertThat(settings(Node.text("member_add_mode", "all_member_add")).membersAdd())
                .isTrue();
        assertThat(settings(Node.text("member_add_mode", "admin_add")).membersAdd())
                .isFalse();
        assertThat(settings(approval("on")).approval()).isTrue();
        assertThat(settings(approval("off")).approval()).isFalse();
        assertThat(settings(Node.element("description")
                                .attribute("id", "1")
                                .child(Node.text("body", "Hello"))
                                .build())
                        .description())
                .isEqualTo("Hello");
        assertThat(settings(Node.element("description")
                                .attribute("id", "2")
                                .child(Node.empty("delete"))
                                .build())
                        .description())
                .isEmpty();
    }

    @Test
    void aSettingThatIsSetAlreadyIsNoEvent() {
        news(notification(Node.element("locked")));
        GroupNews again = news(notification(Node.element("locked")));

        assertThat(again.events()).isEmpty();
        assertThat(again.changes()).isEmpty();
    }

    @Test
    void aDeletedGroupIsDropped() {
        GroupNews news = news(notification(Node.element("delete").attribute("reason", "delete_parent")));

        assertThat(news.events()).containsExactly(new GroupChanged(AT, GROUP));
        assertThat(book.find(GROUP)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"modify", "change_number", "link", "unlink"})
    void changesThatAreNotToldCompletelyAreFetched(String tag) {
        GroupNews news = news(notification(Node.element(tag)));

        assertThat(news.refresh()).isTrue();
        assertThat(news.events()).containsExactly(new GroupChanged(AT, GROUP));
    }

    @ParameterizedTest
    @ValueSource(strings = {"invite", "growth_locked", "suspended", "something_new"})
    void whatTheMetadataDoesNotShowChangesNothing(String tag) {
        GroupNews news = news(notification(Node.element(tag)));

        assertThat(news.refresh()).isFalse();
        assertThat(news.events()).isEmpty();
        assertThat(news.changes()).isEmpty();
    }

    @Test
    void ofAGroupThatIsNotKnownOnlyAQueryTells() {
        book.remove(GROUP);

        assertThat(news(change("promote", 5, 6, BOB, CARLA)).refresh()).isTrue();
        assertThat(news(notification(Node.element("locked"))).refresh()).isTrue();
        assertThat(news(change("promote", 5, 6, BOB, CARLA)).events()).isEmpty();
    }

    @Test
    void severalChangesInOneNotificationAllCount() {
        Node both = change("remove", 5, 6, BOB, BOB).toBuilder()
                .child(Node.element("promote")
                        .attribute("v_id", 7)
                        .attribute("prev_v_id", 6)
                        .child(participant(ANNA, "")))
                .build();

        GroupNews news = news(both);

        assertThat(news.events()).hasSize(2);
        assertThat(book.role(GROUP)).hasValue(Role.ADMIN);
        assertThat(members()).containsExactly(ANNA);
    }

    @ParameterizedTest
    @CsvSource({"5, 6, true", "6, 5, false", "5, 5, false", "abc, abd, true", "abc, abc, false", "9, 10, true"})
    void versionsAreComparedAsNumbersWhereTheyAreSome(String known, String change, boolean newer) {
        KnownGroup group = new KnownGroup(current().group(), known, known);

        assertThat(group.lacks(change)).isEqualTo(newer);
        assertThat(group.untold(change)).isEqualTo(newer);
    }

    private Group.Settings settings(Node change) {
        GroupNews news = news(notification(change.toBuilder()));
        assertThat(news.events()).containsExactly(new GroupChanged(AT, GROUP));
        return current().group().settings();
    }

    private static Node approval(String state) {
        return Node.element("membership_approval_mode")
                .child(Node.element("group_join").attribute("state", state))
                .build();
    }

    private GroupNews news(Node notification) {
        return new GroupNews(book, GroupNotification.parse(notification).orElseThrow(), clock.instant());
    }

    private KnownGroup current() {
        return book.find(GROUP).orElseThrow();
    }

    private List<Person> members() {
        return current().group().participants().stream()
                .map(Participant::person)
                .toList();
    }

    /** What the store has after this. */
    private KnownGroup stored(GroupNews news) {
        Change.Put put = (Change.Put) news.changes().getLast();
        GroupBook later = new GroupBook(clock, (changes, events) -> {});
        later.load(null, Map.of(put.key(), put.value()));
        return later.find(GROUP).orElseThrow();
    }

    private static Watch seen(boolean left, boolean removed) {
        Watch watch = new Watch();
        if (left) {
            watch.sawLeave();
        }
        if (removed) {
            watch.sawRemoval();
        }
        return watch;
    }

    private static GroupMembersChanged event(GroupAction action, Person actor, boolean self, Person... affected) {
        return new GroupMembersChanged(AT, GROUP, action, Optional.of(actor), List.of(affected), self);
    }

    private static Node notification(Node.Builder change) {
        return Node.element("notification")
                .attribute("from", GROUP)
                .attribute("type", "w:gp2")
                .attribute("participant", BOB.lid())
                .attribute("participant_pn", BOB.pn())
                .attribute("t", AT.getEpochSecond())
                .child(change)
                .build();
    }

    private static Node change(String action, long previous, long version, Person actor, Person person) {
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

    private static Node.Builder participant(Person person, String type) {
        return Node.element("participant")
                .attribute("jid", person.lid())
                .attribute("phone_number", person.pn())
                .attribute("type", type);
    }

    private static Node member(Person person, String type) {
        return participant(person, type).build();
    }

    private static Node metadata(long version, Node... members) {
        return Node.element("group")
                .attribute("id", GROUP.user())
                .attribute("subject", "Team")
                .attribute("p_v_id", version)
                .attribute("addressing_mode", "lid")
                .children(List.of(members))
                .build();
    }

    private static KnownGroup known(long version, Node... members) {
        return GroupParser.parse(metadata(version, members)).orElseThrow();
    }

    private static Person person(String pn, String lid) {
        return new Person(Optional.of(Jid.pn(pn)), Optional.of(Jid.lid(lid)));
    }
}
