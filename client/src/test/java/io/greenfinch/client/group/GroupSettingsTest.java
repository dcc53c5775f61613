package io.greenfinch.client.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.client.HostileStanzas;
import io.greenfinch.client.SessionEvent.GroupChanged;
import io.greenfinch.client.store.Change;
import io.greenfinch.client.store.StateKind;
import io.greenfinch.protocol.binary.Node;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What notifications change in a group apart from its members (specification §18). */
final class GroupSettingsTest extends GroupStateScript {

    @Test
    void theSubjectChanges() {
        Notified notified = notified(notification(Node.element("subject")
                .attribute("subject", "New name")
                .attribute("s_t", 1795400099)
                .attribute("s_o", CARLA.lid())
                .attribute("s_o_pn", CARLA.pn())));

        assertThat(notified.events()).containsExactly(new GroupChanged(AT, GROUP));
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
        assertThat(settings(Node.text("member_add_mode", "admin_add")).membersAdd())
                .isFalse();
        assertThat(settings(Node.text("member_add_mode", "all_member_add")).membersAdd())
                .isTrue();
        assertThat(settings(Node.text("member_link_mode", "all_member_link")).membersLink())
                .isTrue();
        assertThat(settings(Node.text("member_link_mode", "admin_link")).membersLink())
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
        notified(notification(Node.element("locked")));
        Notified again = notified(notification(Node.element("locked")));

        assertThat(again.events()).isEmpty();
        assertThat(again.changes()).isEmpty();
    }

    @Test
    void aDeletedGroupIsDropped() {
        Notified notified = notified(notification(Node.element("delete").attribute("reason", "delete_parent")));

        assertThat(notified.events()).containsExactly(new GroupChanged(AT, GROUP));
        assertThat(book.find(GROUP)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "modify, type, any",
        "change_number, type, any",
        "linked_group_promote, type, any",
        "linked_group_demote, type, any",
        "link, link_type, parent_group",
        "link, type, any",
        "unlink, unlink_type, parent_group"
    })
    void changesThatAreNotToldCompletelyAreFetched(String tag, String attribute, String value) {
        Notified notified = notified(notification(Node.element(tag).attribute(attribute, value)));

        assertThat(notified.refresh()).isTrue();
        assertThat(notified.events()).containsExactly(new GroupChanged(AT, GROUP));
    }

    /** Specification §18, all that is no part of what we keep of a group. */
    @ParameterizedTest
    @CsvSource({
        "invite, code, AbC",
        "revoke, type, any",
        "membership_approval_request, request_method, invite_link",
        "created_membership_requests, request_method, non_admin_add",
        "revoked_membership_requests, type, any",
        "member_share_group_history_mode, type, any",
        "suspended, type, any",
        "unsuspended, type, any",
        "growth_locked, type, invite",
        "growth_unlocked, type, any",
        "link, link_type, sub_group",
        "link, link_type, sibling_group",
        "unlink, unlink_type, sub_group"
    })
    void whatTheMetadataDoesNotShowChangesNothing(String tag, String attribute, String value) {
        Notified notified = notified(notification(Node.element(tag)
                .attribute(attribute, value)
                .child(Node.element("participant").attribute("jid", BOB.lid()))));

        assertThat(notified.refresh()).isFalse();
        assertThat(notified.events()).isEmpty();
        assertThat(notified.changes()).isEmpty();
    }

    @Test
    void aKindOfChangeThatIsNotKnownIsOnlyFetched() {
        Notified notified = notified(notification(Node.element("something_new")));

        assertThat(notified.refresh()).isTrue();
        assertThat(notified.events()).isEmpty();
    }

    @Test
    void ofAGroupWeAreNotInAKindThatIsNotKnownTellsNothing() {
        drop(GROUP);
        Notified notified = notified(notification(Node.element("something_new")));

        assertThat(notified.refresh()).isFalse();
        assertThat(notified.changes()).isEmpty();
    }

    @Test
    void nonsenseLeavesAStateThatCanBeReadBack() {
        HostileStanzas stanzas = new HostileStanzas(20261123);
        for (int i = 0; i < 20_000; i++) {
            Node stanza = stanzas.groupNotification();
            Notified notified = notified(stanza);
            for (Change change : notified.changes()) {
                if (change instanceof Change.Put put && put.kind() == StateKind.GROUP) {
                    KnownGroup stored = StoredGroups.decode(put.value());
                    assertThat(stored.group().id().toString()).as("%s", stanza).isEqualTo(put.key());
                }
            }
            if (i % 50 == 0) {
                hold(known(5, member(ANNA, ""), member(BOB, "superadmin")));
            }
        }
    }

    private Group.Settings settings(Node change) {
        Instant later = current().settingsAt().plusSeconds(1);
        Notified notified = notified(notification(change.toBuilder()).toBuilder()
                .attribute("t", later.getEpochSecond())
                .build());
        assertThat(notified.events()).containsExactly(new GroupChanged(later, GROUP));
        return current().group().settings();
    }

    private static Node approval(String state) {
        return Node.element("membership_approval_mode")
                .child(Node.element("group_join").attribute("state", state))
                .build();
    }
}
