package io.greenfinch.client.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.client.SessionEvent.GroupMembersChanged;
import io.greenfinch.client.store.Change;
import io.greenfinch.client.store.StateKind;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers that were asked for before news of the same group and come after them undo nothing. */
final class LateAnswersTest extends GroupNewsScript {

    private static final Jid OTHER = Jid.group("120363000000000002");

    private int refetches;

    @BeforeEach
    void countRefetches() {
        book.whenOvertaken(() -> refetches++);
    }

    @Test
    void thatWeWereOutIsNotBelievedAfterWeWereTakenIn() {
        book.remove(GROUP);
        long asked = book.moment();
        news(notification(created()));
        book.outside(GROUP, false, asked);

        assertThat(current().version()).isEqualTo("5");
        assertThat(role()).as("nobody knows which is the newer").isEmpty();
        assertThat(refetches).isEqualTo(1);
        assertThat(told).isEmpty();
    }

    @Test
    void norAfterANewsThatAddsUsToAGroupWeKnow() {
        long asked = book.moment();
        news(change("add", 5, 6, BOB, ANNA));
        book.outside(GROUP, true, asked);

        assertThat(book.find(GROUP)).isPresent();
        assertThat(refetches).isEqualTo(1);
    }

    @Test
    void norAfterMetadataThatWereFetchedMeanwhile() {
        book.remove(GROUP);
        long asked = book.moment();
        book.fetched(known(6, member(ANNA, "")), asked);
        book.outside(GROUP, false, asked);

        assertThat(book.find(GROUP)).isPresent();
        assertThat(refetches).isEqualTo(1);
    }

    @Test
    void norAfterWeHaveCreatedTheGroup() {
        book.remove(GROUP);
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
        news(change("remove", 5, 6, ANNA, ANNA));
        book.fetched(known(5, member(ANNA, ""), member(BOB, "superadmin")), asked);

        assertThat(book.find(GROUP)).isEmpty();
        assertThat(book.doubted()).as("until it was asked for again").containsExactly(GROUP);
    }

    @Test
    void norAfterNewsOfMembersThatBearNoVersion() {
        long asked = book.moment();
        news(notification(Node.element("add").child(member(CARLA, ""))));
        book.fetched(known(5, member(ANNA, ""), member(BOB, "superadmin")), asked);

        assertThat(members()).contains(CARLA);
        assertThat(book.doubted()).containsExactly(GROUP);
    }

    @Test
    void otherNewsKeepNobodyIn() {
        long asked = book.moment();
        news(notification(Node.element("locked")));
        book.outside(GROUP, true, asked);

        assertThat(book.find(GROUP)).isEmpty();
        assertThat(told).singleElement().isInstanceOf(GroupMembersChanged.class);
        assertThat(refetches).isZero();
    }

    @Test
    void aDoubtThatAroseMeanwhileStays() {
        book.remove(GROUP);
        long asked = book.moment();
        news(change("promote", 5, 6, BOB, CARLA));
        book.outside(GROUP, false, asked);
        assertThat(book.doubted()).containsExactly(GROUP);

        book.outside(GROUP, false, book.moment());
        assertThat(book.doubted()).isEmpty();
    }

    @Test
    void aListWithoutAGroupIsNotBelievedAfterWeWereTakenIn() {
        book.remove(GROUP);
        long asked = book.moment();
        news(notification(created()));
        book.listed(List.of(), asked);

        assertThat(book.doubted()).containsExactly(GROUP);
        book.listed(List.of(), book.moment());
        assertThat(book.find(GROUP)).isEmpty();
        assertThat(book.doubted()).isEmpty();
    }

    @Test
    void theFirstListKeepsWhatWasToldMeanwhile() {
        book.remove(GROUP);
        long asked = book.moment();
        news(notification(created()));
        List<Change> stored = book.begin(List.of(), asked);

        assertThat(current().version()).isEqualTo("5");
        assertThat(book.doubted()).containsExactly(GROUP);
        assertThat(afterARestart(stored).find(GROUP)).isPresent();
        assertThat(afterARestart(stored).doubted()).containsExactly(GROUP);
    }

    @Test
    void theFirstListIsNotBelievedAboutWhatWasToldMeanwhile() {
        long asked = book.moment();
        news(notification(Node.element("locked")));
        news(change("add", 5, 6, BOB, CARLA));
        book.begin(List.of(known(5, member(ANNA, ""), member(BOB, "superadmin"))), asked);

        assertThat(current().group().settings().locked()).isTrue();
        assertThat(members()).contains(CARLA);
        assertThat(book.doubted()).containsExactly(GROUP);
    }

    @Test
    void theFirstListTakesNobodyBackWhoWasTakenOutMeanwhile() {
        long asked = book.moment();
        news(change("remove", 5, 6, BOB, ANNA));
        book.begin(List.of(known(5, member(ANNA, ""), member(BOB, "superadmin"))), asked);

        assertThat(book.find(GROUP)).isEmpty();
        assertThat(book.doubted()).containsExactly(GROUP);
    }

    @Test
    void theFirstListReplacesWhateverElseWasHeld() {
        Node other = metadata(9, member(ANNA, "")).toBuilder()
                .attribute("id", OTHER.user())
                .build();
        book.doubt(OTHER);
        List<Change> stored = book.begin(List.of(GroupParser.parse(other).orElseThrow()), book.moment());

        assertThat(book.known()).containsExactly(OTHER);
        assertThat(book.doubted()).isEmpty();
        assertThat(stored).startsWith(new Change.Clear(StateKind.GROUP), new Change.Clear(StateKind.GROUP_DOUBT));
        assertThat(afterARestart(stored).known()).containsExactly(OTHER);
    }

    private GroupBook afterARestart(List<Change> stored) {
        Map<String, byte[]> groups = new HashMap<>();
        Set<String> doubts = new HashSet<>();
        for (Change change : stored) {
            if (change instanceof Change.Put put) {
                if (put.kind() == StateKind.GROUP) {
                    groups.put(put.key(), put.value());
                } else {
                    doubts.add(put.key());
                }
            }
        }
        GroupBook later = new GroupBook(clock, (changes, events) -> {});
        later.load(null, groups, doubts);
        return later;
    }
}
