package io.greenfinch.client.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.client.group.GroupUpdate.Action;
import io.greenfinch.client.stanza.Answer;
import io.greenfinch.client.stanza.Outcome.AddRequest;
import io.greenfinch.client.stanza.Outcome.Refused;
import io.greenfinch.client.stanza.Refusal;
import io.greenfinch.client.stanza.Verdict;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What answers to changes mean (specification §16.5, §16.6, §26.1). */
final class ChangeAnswersTest {

    private static final Jid PERSON = Jid.pn("15550001002");
    private static final Jid PERSON_LID = Jid.lid("900000000000002");
    private static final Jid OTHER = Jid.pn("15550001003");
    private static final GroupChange LOCKED = new GroupChange.Locked(true);

    @ParameterizedTest
    @CsvSource({
        "304, UNCHANGED",
        "400, NOT_ACCEPTABLE",
        "404, GROUP_NOT_FOUND",
        "405, NOT_ALLOWED",
        "406, NOT_ACCEPTABLE",
        "409, UNCHANGED",
        "410, GROUP_NOT_FOUND",
        "412, GROUP_FULL",
        "413, NOT_ACCEPTABLE",
        "419, GROUP_FULL",
        "423, LOCKED",
        "499, NOT_ALLOWED"
    })
    void aRefusalOfTheWholeRequestIsCertain(int code, Refusal reason) {
        assertThat(refused(code)).isEqualTo(certain(reason, code));
    }

    @Test
    void aConflictOfDescriptionsIsNotThatItIsSoAlready() {
        Answer conflict = new Answer.Refused(409, "conflict", Optional.empty());
        assertThat(judged(conflict, new GroupChange.Description("3EB0AA", "New")))
                .isEqualTo(new Verdict.Verify<>(409));
    }

    @ParameterizedTest
    @CsvSource({"401", "403"})
    void forWantOfRightsTheGroupIsAsked(int code) {
        assertThat(refused(code)).isEqualTo(new Verdict.Explain<>(code));
    }

    @ParameterizedTest
    @CsvSource({"500", "503", "530", "0", "200"})
    void whatSaysNothingOfTheOutcomeIsAsked(int code) {
        assertThat(refused(code)).isEqualTo(new Verdict.Verify<>(code));
    }

    @Test
    void tooManyRequestsWaitAsLongAsTheServerSays() {
        Optional<Duration> backoff = Optional.of(Duration.ofSeconds(7));
        assertThat(judged(new Answer.Refused(429, "rate-overlimit", backoff), LOCKED))
                .isEqualTo(Verdict.limited(backoff));
    }

    @Test
    void anEmptyResultConfirmsASetting() {
        Node empty = Node.element("iq").attribute("type", "result").build();
        assertThat(judged(Answer.of(empty), LOCKED)).isEqualTo(Verdict.done(LOCKED));
    }

    @ParameterizedTest
    @CsvSource({
        "ADD, 401, BLOCKED",
        "ADD, 404, NOT_ON_WHATSAPP",
        "ADD, 406, NOT_ALLOWED",
        "ADD, 408, LEFT_RECENTLY",
        "ADD, 409, UNCHANGED",
        "ADD, 412, GROUP_FULL",
        "ADD, 419, GROUP_FULL",
        "ADD, 202, AWAITS_APPROVAL",
        "ADD, 403, PRIVACY",
        "REMOVE, 401, NOT_ALLOWED",
        "REMOVE, 403, NOT_ALLOWED",
        "REMOVE, 404, UNCHANGED",
        "REMOVE, 405, NOT_ALLOWED",
        "REMOVE, 408, NOT_ALLOWED",
        "PROMOTE, 404, NOT_A_PARTICIPANT",
        "PROMOTE, 409, UNCHANGED",
        "PROMOTE, 419, TOO_MANY_ADMINS",
        "DEMOTE, 404, NOT_A_PARTICIPANT",
        "DEMOTE, 405, NOT_ALLOWED",
        "DEMOTE, 423, LOCKED"
    })
    void aRefusalOfThePersonIsCertain(Action action, int code, Refusal reason) {
        Verdict<GroupChange> judged = people(action, participant(PERSON).attribute("error", code));
        assertThat(judged).isEqualTo(certain(reason, code));
    }

    @ParameterizedTest
    @EnumSource(Action.class)
    void noErrorOr200IsDone(Action action) {
        assertThat(people(action, participant(PERSON))).isEqualTo(done(action));
        assertThat(people(action, participant(PERSON).attribute("error", 200))).isEqualTo(done(action));
        assertThat(people(action, participant(PERSON_LID).attribute("phone_number", PERSON)))
                .isEqualTo(done(action));
    }

    @Test
    void theOnlyElementMayNameThePersonByTheOtherName() {
        assertThat(people(Action.ADD, participant(PERSON_LID))).isEqualTo(done(Action.ADD));
        assertThat(people(Action.ADD, participant(PERSON_LID), participant(Jid.lid("3"))))
                .isEqualTo(new Verdict.Verify<>(0));
    }

    @Test
    void whatIsSaidOfOthersIsNothing() {
        assertThat(people(Action.ADD)).isEqualTo(new Verdict.Verify<>(0));
        assertThat(people(Action.ADD, participant(OTHER))).isEqualTo(new Verdict.Verify<>(0));
        assertThat(people(Action.ADD, participant(OTHER), participant(PERSON).attribute("error", 409)))
                .isEqualTo(certain(Refusal.UNCHANGED, 409));
        Node wrong = answer(Action.REMOVE, participant(PERSON));
        assertThat(judged(Answer.of(wrong), new GroupChange.Member(Action.ADD, PERSON)))
                .isEqualTo(new Verdict.Verify<>(0));
    }

    @Test
    void anAdditionThatAdminsDecideIsNotDone() {
        Node.Builder waits = participant(PERSON).child(Node.empty("membership_approval_request"));
        assertThat(people(Action.ADD, waits)).isEqualTo(certain(Refusal.AWAITS_APPROVAL, 200));
    }

    @Test
    void privacyComesWithAnInvitation() {
        Node.Builder refused = participant(PERSON)
                .attribute("error", 403)
                .child(Node.element("add_request").attribute("code", "AbC").attribute("expiration", 1795400000));
        AddRequest invitation = new AddRequest("AbC", Instant.ofEpochSecond(1795400000));
        assertThat(people(Action.ADD, refused))
                .isEqualTo(new Verdict.Certain<>(new Refused<>(Refusal.PRIVACY, 403, Optional.of(invitation))));
        assertThat(invitation.toString()).doesNotContain("AbC");
    }

    @Test
    void ofThePersonTooManyRequestsWaitAndServerErrorsAreAsked() {
        assertThat(people(Action.ADD, participant(PERSON).attribute("error", 429)))
                .isEqualTo(Verdict.limited(Optional.empty()));
        assertThat(people(Action.ADD, participant(PERSON).attribute("error", 500)))
                .isEqualTo(new Verdict.Verify<>(500));
        assertThat(people(Action.ADD, participant(PERSON).attribute("error", "soon")))
                .isEqualTo(new Verdict.Verify<>(0));
    }

    /** Nonsense never becomes a success, unless there is an element of the person without an error in it. */
    @Test
    void nonsenseIsNoSuccess() {
        Random random = new Random(20261126);
        List<Jid> jids = List.of(PERSON, PERSON_LID, OTHER, Jid.lid("3"), Jid.group("1"), Jid.SERVER);
        List<String> tags = List.of("add", "remove", "promote", "participant", "error", "x");
        for (int i = 0; i < 50_000; i++) {
            List<Action> actions = List.of(Action.values());
            Action action = actions.get(random.nextInt(actions.size()));
            Node iq = nonsense(random, "iq", jids, tags, 3);
            GroupChange.Member change = new GroupChange.Member(action, PERSON);
            Verdict<GroupChange> judged = judged(Answer.of(iq), change);
            if (judged.equals(done(action))) {
                assertThat(iq.child(tag(action)).orElseThrow().children("participant"))
                        .as("%s", iq)
                        .anyMatch(each -> !each.has("error") || each.is("error", "200"));
            }
        }
    }

    private static Node nonsense(Random random, String tag, List<Jid> jids, List<String> tags, int depth) {
        Node.Builder node = Node.element(tag);
        for (String name : List.of("jid", "phone_number", "lid", "error", "type", "code")) {
            switch (random.nextInt(5)) {
                case 0 -> node.attribute(name, jids.get(random.nextInt(jids.size())));
                case 1 ->
                    node.attribute(
                            name,
                            List.of("", "0", "200", "403", "-1", "99999999999", "error")
                                    .get(random.nextInt(7)));
                default -> {}
            }
        }
        for (int i = depth == 0 ? 0 : random.nextInt(4); i > 0; i--) {
            node.child(nonsense(random, tags.get(random.nextInt(tags.size())), jids, tags, depth - 1));
        }
        return node.build();
    }

    private static Verdict<GroupChange> refused(int code) {
        return judged(new Answer.Refused(code, "text", Optional.empty()), LOCKED);
    }

    private static Verdict<GroupChange> people(Action action, Node.Builder... participants) {
        return judged(Answer.of(answer(action, participants)), new GroupChange.Member(action, PERSON));
    }

    private static Node answer(Action action, Node.Builder... participants) {
        Node.Builder element = Node.element(tag(action));
        for (Node.Builder participant : participants) {
            element.child(participant);
        }
        return Node.element("iq").attribute("type", "result").child(element).build();
    }

    private static String tag(Action action) {
        return action.name().toLowerCase(Locale.ROOT);
    }

    private static Node.Builder participant(Jid jid) {
        return Node.element("participant").attribute("jid", jid);
    }

    private static Verdict<GroupChange> judged(Answer answer, GroupChange change) {
        return switch (answer) {
            case Answer.Result(Node stanza) -> ChangeAnswers.result(change, 1, stanza);
            case Answer.Refused error -> ChangeAnswers.refused(change, error);
            default -> throw new IllegalArgumentException(answer.toString());
        };
    }

    private static Verdict<GroupChange> done(Action action) {
        return Verdict.done(new GroupChange.Member(action, PERSON));
    }

    private static Verdict<GroupChange> certain(Refusal reason, int code) {
        return Verdict.refused(reason, code);
    }
}
