package io.greenfinch.client.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.client.store.Change;
import io.greenfinch.client.store.StateKind;
import io.greenfinch.protocol.binary.Node;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** News of settings that overtook each other on the way: they bear no versions (specification §18). */
final class LateSettingsTest extends GroupStateScript {

    private static final Change.Put DOUBT = new Change.Put(StateKind.GROUP_DOUBT, GROUP.toString(), new byte[0]);

    @Test
    void inTheOrderOfTheirTimesTheyAreBelieved() {
        assertThat(notified(at(0, Node.element("locked"))).refresh()).isFalse();
        assertThat(notified(at(1, Node.element("unlocked"))).refresh()).isFalse();

        assertThat(current().group().settings().locked()).isFalse();
    }

    @Test
    void anOlderOneIsNotBelievedAndTheGroupIsFetched() {
        notified(at(1, Node.element("unlocked")));
        Notified late = notified(at(0, Node.element("locked")));

        assertThat(late.refresh()).isTrue();
        assertThat(late.changes()).containsExactly(DOUBT);
        assertThat(late.events()).isEmpty();
        assertThat(current().group().settings().locked()).isFalse();
        assertThat(role()).as("nothing of a doubted group is certain").isEmpty();
    }

    @Test
    void ofTwoWithinOneSecondNobodyKnowsWhichIsTheLast() {
        notified(at(0, Node.element("ephemeral").attribute("expiration", 86_400)));

        assertThat(notified(at(0, Node.element("not_ephemeral"))).changes()).containsExactly(DOUBT);
    }

    @Test
    void theSameOneAgainIsNoDoubt() {
        notified(at(0, Node.element("locked")));

        assertThat(notified(at(0, Node.element("locked"))).refresh()).isFalse();
    }

    @Test
    void whatWasFetchedIsNewerThanWhatWasUnderWay() {
        book.serverTime(AT);
        book.fetched(known(6, member(ANNA, ""), member(BOB, "superadmin")), book.moment());

        assertThat(notified(at(0, Node.element("locked"))).changes()).containsExactly(DOUBT);
        assertThat(notified(at(2, Node.element("locked"))).events()).hasSize(1);
    }

    @Test
    void whatWasAskedForBeforeTheNewsIsNotBelievedAfterThem() {
        long asked = book.moment();
        notified(at(1, Node.element("locked")));
        book.fetched(known(5, member(ANNA, ""), member(BOB, "superadmin")), asked);

        assertThat(current().group().settings().locked()).isTrue();
        assertThat(role()).as("nobody knows which is the newer").isEmpty();
        book.fetched(known(5, member(ANNA, ""), member(BOB, "superadmin")), book.moment());
        assertThat(current().group().settings().locked()).isFalse();
        assertThat(role()).isPresent();
    }

    @Test
    void anOlderNameIsHistory() {
        notified(at(5, subject("New", 5)));
        Notified late = notified(at(5, subject("Old", 4)));

        assertThat(late.refresh()).isFalse();
        assertThat(late.events()).isEmpty();
        assertThat(current().group().subject()).isEqualTo("New");
    }

    @Test
    void twoNamesOfTheSameSecondLeaveADoubt() {
        notified(at(5, subject("One", 5)));

        assertThat(notified(at(5, subject("Two", 5))).changes()).containsExactly(DOUBT);
        assertThat(notified(at(5, subject("One", 5))).refresh()).isFalse();
    }

    @Test
    void aDoubtOutlivesTheProcessUntilTheGroupIsFetched() {
        notified(at(1, Node.element("unlocked")));
        notified(at(0, Node.element("locked")));

        GroupBook later = reloaded(List.of(HeldGroups.doubt(GROUP)));
        assertThat(later.doubted()).containsExactly(GROUP);

        later.fetched(known(5, member(ANNA, "")), later.moment());
        assertThat(later.doubted()).isEmpty();
        assertThat(recorded).contains(new Change.Remove(StateKind.GROUP_DOUBT, GROUP.toString()));
    }

    @Test
    void metadataThatIsOlderThanTheNewsEndsNoDoubt() {
        notified(change("add", 7, 8, BOB, CARLA));
        book.fetched(known(6, member(ANNA, ""), member(BOB, "superadmin")), book.moment());

        assertThat(book.doubted()).containsExactly(GROUP);
        assertThat(members()).contains(CARLA);
    }

    @Test
    void beingTakenInIsDoubtedWhenItIsOldNews() {
        book.serverTime(AT.plusSeconds(60));
        drop(GROUP);
        Notified late = notified(at(0, created()));

        assertThat(late.refresh()).isTrue();
        assertThat(book.doubted()).containsExactly(GROUP);
    }

    @Test
    void beingTakenInJustNowIsNot() {
        book.serverTime(AT);
        drop(GROUP);

        assertThat(notified(at(0, created())).refresh()).isFalse();
    }

    private static Node.Builder subject(String text, long second) {
        return Node.element("subject").attribute("subject", text).attribute("s_t", AT.getEpochSecond() + second);
    }

    private static Node at(long second, Node.Builder change) {
        Instant when = AT.plusSeconds(second);
        return notification(change).toBuilder()
                .attribute("t", when.getEpochSecond())
                .build();
    }
}
