package io.greenfinch.client.picture;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.client.SteppedClock;
import io.greenfinch.client.contact.Contacts;
import io.greenfinch.client.group.Group;
import io.greenfinch.client.group.GroupParser;
import io.greenfinch.client.group.Person;
import io.greenfinch.client.stanza.Answer;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Outcome.Done;
import io.greenfinch.client.stanza.Outcome.Refused;
import io.greenfinch.client.stanza.Outcome.Unknown;
import io.greenfinch.client.stanza.Refusal;
import io.greenfinch.client.stanza.Request;
import io.greenfinch.client.stanza.Silence;
import io.greenfinch.client.stanza.SteppedWire;
import io.greenfinch.client.store.ProcessCache;
import io.greenfinch.client.time.SteppedTimers;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A change of a picture, and how its truth is found when the answer does not tell it. */
class PictureChangeTest {

    private static final Jid GROUP = Jid.group("120363000000000001");
    private static final Jid ME = Jid.pn("15550001001");
    private static final Person BOB =
            Person.of(Optional.of(Jid.pn("15550001002")), Optional.empty()).orElseThrow();
    private static final Outcome<?> UNKNOWN = new Unknown<>(Silence.UNKNOWN);

    private final Script wire = new Script();
    private final SteppedClock clock = wire.clock;
    private final PictureWatches watches = new PictureWatches();
    private final Deque<Reply> gets = new ArrayDeque<>();
    private final Deque<Reply> sets = new ArrayDeque<>();
    private Outcome<Group> group = new Refused<>(Refusal.NOT_A_MEMBER, 403);
    private boolean admin;
    private int asked;
    private final Pictures pictures = new SessionPictures(
            wire,
            new Contacts(wire, new ProcessCache(), (one, other) -> {}, person -> person),
            watches,
            (jid, deadline) -> group,
            _ -> admin,
            () -> Optional.of(ME),
            new SteppedTimers(clock));

    /** What the server says to a request. */
    private interface Reply {
        Answer get();
    }

    /** Answers as the test says; the last answer stays. */
    private final class Script extends SteppedWire {
        @Override
        public void send(Request request) {
            if (clock.instant().isAfter(request.deadline())) {
                request.complete(new Answer.NotSent());
                return;
            }
            boolean set = request.stanza().is("type", "set");
            asked += set ? 1 : 0;
            Deque<Reply> answers = set ? sets : gets;
            request.send();
            Answer answer = (answers.size() > 1 ? answers.remove() : answers.element()).get();
            if (!(answer instanceof Answer.Unanswered)) {
                request.complete(answer);
            }
        }
    }

    private void gets(Reply... answers) {
        gets.addAll(List.of(answers));
    }

    private void sets(Reply... answers) {
        sets.addAll(List.of(answers));
    }

    private static Reply result(Node.Builder... children) {
        Node.Builder iq = Node.element("iq").attribute("type", "result");
        for (Node.Builder child : children) {
            iq.child(child);
        }
        Answer answer = Answer.of(iq.build());
        return () -> answer;
    }

    private static Reply picture(String id) {
        return result(Node.element("picture").attribute("id", id).attribute("url", "https://pps.example/" + id));
    }

    private static Reply confirmed(String id) {
        return result(Node.element("picture").attribute("id", id));
    }

    private static Reply refused(int code) {
        return () -> new Answer.Refused(code, "", Optional.empty());
    }

    private static Reply lost() {
        return Answer.Lost::new;
    }

    private Reply seen(PictureUpdate update, boolean byUs, Reply answer) {
        return () -> {
            watches.saw(update, byUs);
            return answer.get();
        };
    }

    private static PictureUpdate changed(String id) {
        return new PictureUpdate(GROUP, Optional.of(BOB), Optional.of(id));
    }

    private Outcome<String> set() {
        return pictures.set(Optional.of(GROUP), new byte[] {1}, clock.instant().plusSeconds(25));
    }

    private Outcome<Jid> remove() {
        return pictures.remove(Optional.of(GROUP), clock.instant().plusSeconds(25));
    }

    @Test
    void whatIsConfirmedIsDone() {
        gets(refused(404));
        sets(confirmed("2"));
        assertThat(set()).isEqualTo(new Done<>("2"));
    }

    @ParameterizedTest
    @CsvSource({
        "404, GROUP_NOT_FOUND",
        "410, GROUP_NOT_FOUND",
        "405, NOT_ALLOWED",
        "406, BAD_PICTURE",
        "423, LOCKED",
        "418, OTHER",
    })
    void aRefusalHasAReason(int code, Refusal reason) {
        gets(picture("1"));
        sets(refused(code));
        assertThat(set()).isEqualTo(new Refused<>(reason, code));
        assertThat(asked).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 405, 406, 419, 423, 429})
    void anErrorAlthoughThePictureIsAnotherIsNoRefusal(int code) {
        gets(picture("1"), picture("2"));
        sets(refused(code));
        assertThat(set()).isEqualTo(new Done<>("2"));
    }

    @Test
    void theGroupTellsWhetherWeAreNoAdminOrNoMember() {
        gets(picture("1"));
        sets(refused(403));
        assertThat(set()).isEqualTo(new Refused<>(Refusal.NOT_A_MEMBER, 403));
        group = new Refused<>(Refusal.GROUP_NOT_FOUND, 404);
        assertThat(set()).isEqualTo(new Refused<>(Refusal.GROUP_NOT_FOUND, 403));
        group = new Done<>(
                GroupParser.parse(Node.empty("group"), GROUP).orElseThrow().group());
        assertThat(set()).isEqualTo(new Refused<>(Refusal.NOT_AN_ADMIN, 403));
        admin = true;
        assertThat(set()).isEqualTo(new Refused<>(Refusal.NOT_ALLOWED, 403));
        group = new Unknown<>(Silence.NOT_SENT);
        assertThat(set()).isEqualTo(new Refused<>(Refusal.NOT_A_MEMBER, 403));
        sets.clear();
        sets(refused(401));
        assertThat(set()).isEqualTo(new Refused<>(Refusal.NOT_ALLOWED, 401));
        assertThat(pictures.set(Optional.empty(), new byte[0], clock.instant()))
                .isEqualTo(new Refused<>(Refusal.NOT_ALLOWED, 401));
    }

    @Test
    void aLostAnswerWasASuccessWhenThePictureIsAnother() {
        gets(picture("1"), picture("2"));
        sets(lost());
        assertThat(set()).isEqualTo(new Done<>("2"));
        assertThat(asked).isEqualTo(1);
    }

    @Test
    void aLostRequestIsSentOnceMoreWhenThePictureIsTheSame() {
        gets(picture("1"));
        sets(lost(), confirmed("2"));
        assertThat(set()).isEqualTo(new Done<>("2"));

        sets.clear();
        sets(lost());
        asked = 0;
        assertThat(set()).isEqualTo(UNKNOWN);
        assertThat(asked).isEqualTo(2);
    }

    @Test
    void aServerErrorThatChangedNothingIsARefusal() {
        gets(refused(404));
        sets(refused(500));
        assertThat(set()).isEqualTo(new Refused<>(Refusal.OTHER, 500));
        assertThat(asked).isEqualTo(2);
    }

    @Test
    void aResultThatNamesNoPictureIsLookedInto() {
        gets(refused(404), picture("7"));
        sets(result());
        assertThat(set()).isEqualTo(new Done<>("7"));
    }

    /** Somebody else may have changed it just then: their picture is not ours. */
    @Test
    void thePictureOfSomebodyElseIsNoSuccess() {
        gets(picture("1"), picture("9"));
        sets(seen(changed("9"), false, lost()));
        assertThat(set()).isEqualTo(UNKNOWN);
    }

    @Test
    void ourOwnEchoIsASuccessEvenWhenAnotherPictureFollowed() {
        gets(picture("1"), picture("9"));
        sets(seen(changed("2"), true, lost()));
        assertThat(set()).isEqualTo(new Done<>("2"));
    }

    @Test
    void ourOwnEchoEndsTheWaitAtOnce() {
        gets(picture("1"));
        sets(seen(changed("2"), true, Answer.Unanswered::new));
        assertThat(set()).isEqualTo(new Done<>("2"));
        assertThat(wire.pauses).isEmpty();
    }

    @Test
    void withoutAPictureBeforeToCompareWithNothingIsClaimed() {
        gets(refused(500), picture("2"));
        sets(lost());
        assertThat(set()).isEqualTo(UNKNOWN);
    }

    @Test
    void withoutAnAnswerAfterwardsNothingIsClaimed() {
        gets(picture("1"), Answer.NotSent::new);
        sets(lost());
        assertThat(set()).isEqualTo(UNKNOWN);
    }

    @Test
    void silenceIsPassedOn() {
        assertThat(setAnswered(Answer.NotSent::new)).isEqualTo(new Unknown<>(Silence.NOT_SENT));
        assertThat(setAnswered(Answer.Unanswered::new)).isEqualTo(UNKNOWN);
        assertThat(setAnswered(Answer.NotLinked::new)).isEqualTo(new Unknown<>(Silence.NOT_LINKED));
        assertThat(setAnswered(refused(429))).isEqualTo(new Unknown<>(Silence.RATE_LIMITED));
    }

    private Outcome<String> setAnswered(Reply always) {
        gets.clear();
        sets.clear();
        gets(picture("1"));
        sets(always);
        return set();
    }

    @Test
    void aSilentChangeLeavesTimeToLookForIt() {
        gets(picture("1"), picture("2"));
        sets(Answer.Unanswered::new);
        assertThat(set()).isEqualTo(new Done<>("2"));
        assertThat(wire.pauses).containsExactly(Duration.ofSeconds(15));
    }

    @Test
    void aRemovalIsBelievedWhenThereIsNoPictureAnyMore() {
        gets(picture("1"), refused(404));
        sets(result());
        assertThat(remove()).isEqualTo(new Done<>(GROUP));

        gets.clear();
        gets(picture("1"));
        assertThat(remove()).isEqualTo(UNKNOWN);
    }

    @Test
    void aQuestionIsAskedAgainWhenTheConnectionIsLost() {
        gets(lost(), lost(), picture("3"));
        assertThat(pictures.find(ME, PictureSize.PREVIEW, clock.instant())).isInstanceOf(Done.class);
    }
}
