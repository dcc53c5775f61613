package io.greenfinch.client.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.client.SessionEvent.GroupMembersChanged;
import io.greenfinch.client.store.Change;
import io.greenfinch.client.store.StateKind;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers that were asked for before news of the same group and come after them undo nothing. */
final class LateAnswersTest extends GroupStateScript {

    private static final Jid OTHER = Jid.group("120363000000000002");

    private int refetches;

    @BeforeEach
    void countRefetches() {
        book.whenOvertaken(() -> refetches++);
    }

    @Test
    void thatWeWereOutIsNotBelievedAfterWeWereTakenIn() {
        drop(GROUP);
        long asked = book.moment();
        notified(notification(created()));
        book.outside(GROUP, false, asked);

        assertThat(current().version()).isEqualTo("5");
        assertThat(role()).as("nobody knows which is the newer").isEmpty();
        assertThat(refetches).isEqualTo(1);
        assertThat(told).isEmpty();
    }

    @Test
    void norAfterANewsThatAddsUsToAGroupWeKnow() {
        long asked = book.moment();
        notified(change("add", 5, 6, BOB, ANNA));
        book.outside(GROUP, true, asked);

        assertThat(book.find(GROUP)).isPresent();
        assertThat(refetches).isEqualTo(1);
    }

    @Test
    void norAfterMetadataThatWereFetchedMeanwhile() {
        drop(GROUP);
        long asked = book.moment();
        book.fetched(known(6, member(ANNA, "")), asked);
        book.outside(GROUP, false, asked);

        assertThat(book.find(GROUP)).isPresent();
        assertThat(refetches).isEqualTo(1);
    }

    @Test
    void norAfterWeHaveCreatedTheGroup() {
        drop(GROUP);
        long asked = book.moment();
        book.created(known(5, member(ANNA, "superadmin")));
        book.listed(List.of(), asked);

        assertThat(book.find(GROUP)).isPresent();
        assertThat(book.doubted()).containsExactly(GROUP);
    }

    @Test
    void aDescriptionOfTheGroupIsNotBelievedAfterWeHaveLeftIt() {
        long asked = book.moment();
        book.outside(GROUP, true, book.moment());
        notified(change("remove", 5, 6, ANNA, ANNA));
        book.fetched(known(5, member(ANNA, ""), member(BOB, "superadmin")), asked);

        assertThat(book.find(GROUP)).isEmpty();
        assertThat(book.doubted()).as("until it was asked for again").containsExactly(GROUP);
    }

    @Test
    void norAfterNewsOfMembersThatBearNoVersion() {
        long asked = book.moment();
        notified(notification(Node.element("add").child(member(CARLA, ""))));
        book.fetched(known(5, member(ANNA, ""), member(BOB, "superadmin")), asked);

        assertThat(members()).contains(CARLA);
        assertThat(book.doubted()).containsExactly(GROUP);
    }

    @Test
    void otherNewsKeepNobodyIn() {
        long asked = book.moment();
        notified(notification(Node.element("locked")));
        book.outside(GROUP, true, asked);

        assertThat(book.find(GROUP)).isEmpty();
        assertThat(told).singleElement().isInstanceOf(GroupMembersChanged.class);
        assertThat(refetches).isZero();
    }

    @Test
    void aDoubtThatAroseMeanwhileStays() {
        drop(GROUP);
        long asked = book.moment();
        notified(change("promote", 5, 6, BOB, CARLA));
        book.outside(GROUP, false, asked);
        assertThat(book.doubted()).containsExactly(GROUP);

        book.outside(GROUP, false, book.moment());
        assertThat(book.doubted()).isEmpty();
    }

    @Test
    void aListWithoutAGroupIsNotBelievedAfterWeWereTakenIn() {
        drop(GROUP);
        long asked = book.moment();
        notified(notification(created()));
        book.listed(List.of(), asked);

        assertThat(book.doubted()).containsExactly(GROUP);
        book.listed(List.of(), book.moment());
        assertThat(book.find(GROUP)).isEmpty();
        assertThat(book.doubted()).isEmpty();
    }

    @Test
    void theFirstListKeepsWhatWasToldMeanwhile() {
        drop(GROUP);
        long asked = book.moment();
        notified(notification(created()));
        List<Change> stored = begin(List.of(), asked);

        assertThat(current().version()).isEqualTo("5");
        assertThat(book.doubted()).containsExactly(GROUP);
        assertThat(reloaded(stored).find(GROUP)).isPresent();
        assertThat(reloaded(stored).doubted()).containsExactly(GROUP);
    }

    @Test
    void theFirstListIsNotBelievedAboutWhatWasToldMeanwhile() {
        long asked = book.moment();
        notified(notification(Node.element("locked")));
        notified(change("add", 5, 6, BOB, CARLA));
        begin(List.of(known(5, member(ANNA, ""), member(BOB, "superadmin"))), asked);

        assertThat(current().group().settings().locked()).isTrue();
        assertThat(members()).contains(CARLA);
        assertThat(book.doubted()).containsExactly(GROUP);
    }

    @Test
    void theFirstListTakesNobodyBackWhoWasTakenOutMeanwhile() {
        long asked = book.moment();
        notified(change("remove", 5, 6, BOB, ANNA));
        begin(List.of(known(5, member(ANNA, ""), member(BOB, "superadmin"))), asked);

        assertThat(book.find(GROUP)).isEmpty();
        assertThat(book.doubted()).containsExactly(GROUP);
    }

    @Test
    void theFirstListReplacesWhateverElseWasHeld() {
        Node other = metadata(9, member(ANNA, "")).toBuilder()
                .attribute("id", OTHER.user())
                .build();
        doubt(OTHER);
        List<Change> stored = begin(List.of(GroupParser.parse(other).orElseThrow()), book.moment());

        assertThat(book.known()).containsExactly(OTHER);
        assertThat(book.doubted()).isEmpty();
        assertThat(stored).startsWith(new Change.Clear(StateKind.GROUP), new Change.Clear(StateKind.GROUP_DOUBT));
        assertThat(reloaded(stored).known()).containsExactly(OTHER);
    }
}
