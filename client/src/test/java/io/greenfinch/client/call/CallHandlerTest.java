package io.greenfinch.client.call;

import static io.greenfinch.client.call.CallStage.ANNA;
import static io.greenfinch.client.call.CallStage.ANNA_PN;
import static io.greenfinch.client.call.CallStage.BOB;
import static io.greenfinch.client.call.CallStage.BOB_PN;
import static io.greenfinch.client.call.CallStage.CAROL;
import static io.greenfinch.client.call.CallStage.GROUP;
import static io.greenfinch.client.call.CallStage.START;
import static io.greenfinch.client.call.CallStage.call;
import static io.greenfinch.client.call.CallStage.said;
import static io.greenfinch.client.call.CallStage.terminate;
import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.client.SessionEvent.CallEnded;
import io.greenfinch.client.SessionEvent.CallOffered;
import io.greenfinch.client.group.Person;
import io.greenfinch.client.stanza.StanzaDecision;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is told of phone calls, whose stanzas come one by one, more than once, or not at all (specification §25). */
class CallHandlerTest {

    private static final Jid PHONE = ANNA;

    private final CallStage stage = new CallStage();

    private void bobCalls() {
        stage.receives(BOB, 0, said("offer", BOB).attribute("caller_pn", BOB_PN));
    }

    @Test
    void anOfferTellsWhoCallsAndHow() {
        stage.receives(
                BOB,
                0,
                said("offer", BOB)
                        .attribute("caller_pn", BOB_PN)
                        .child(Node.element("audio"))
                        .child(Node.element("video")));

        Person bob = new Person(Optional.of(BOB_PN), Optional.of(BOB));
        Instant at = Instant.ofEpochSecond(START);
        assertThat(stage.told)
                .containsExactly(new CallOffered(at, new Call("C1", bob, BOB_PN, false, true, false, at)));
    }

    @Test
    void aCallerIsShownByTheNumberThatIsKnown() {
        stage.learns(BOB, BOB_PN);
        stage.receives(BOB, 0, said("offer", BOB));
        assertThat(stage.offered().getFirst().chat()).isEqualTo(BOB_PN);
    }

    @Test
    void aCallerWhoseNumberNobodyTellsIsShownByTheLid() {
        stage.receives(BOB, 0, said("offer", BOB));
        assertThat(stage.offered().getFirst().chat()).isEqualTo(BOB);
    }

    /** What somebody writes into an offer makes nobody else of them. */
    @Test
    void whoCallsIsWhoSendsTheOffer() {
        stage.receives(BOB, 0, said("offer", CAROL));
        assertThat(stage.offered().getFirst().caller().is(BOB)).isTrue();
        stage.receives(BOB, 0, said("offer", ANNA, "C2"));
        assertThat(stage.offered().getLast().own()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "accepted_elsewhere, TAKEN",
        "rejected_elsewhere, REJECTED",
        "timeout, UNANSWERED",
        "'', CANCELLED",
        "something_new, CANCELLED"
    })
    void theServiceSaysHowItHasEnded(String reason, CallEnd end) {
        bobCalls();
        stage.receives(BOB, 0, said("preaccept", BOB));
        stage.receives(BOB, 9, terminate(BOB, reason));
        assertThat(stage.told)
                .last()
                .isEqualTo(new CallEnded(
                        Instant.ofEpochSecond(START + 9), stage.offered().getFirst(), end, Duration.ZERO));
    }

    @Test
    void anotherDeviceTakesIt() {
        bobCalls();
        stage.receives(PHONE, 4, said("accept", BOB));
        stage.receives(BOB, 4, terminate(BOB, "accepted_elsewhere"));
        stage.receives(BOB, 60, said("terminate", BOB));
        assertThat(stage.ends()).containsExactly(CallEnd.TAKEN);
    }

    @Test
    void anotherDeviceDoesNotWantIt() {
        bobCalls();
        stage.receives(PHONE, 4, said("reject", BOB));
        stage.receives(BOB, 4, terminate(BOB, "rejected_elsewhere"));
        assertThat(stage.ends()).containsExactly(CallEnd.REJECTED);
    }

    /** Under which of their names somebody says it, and where it is known which are whose. */
    @Test
    void oneCallHasOneEndUnderEitherNameOfTheCaller() {
        stage.learns(BOB, BOB_PN);
        stage.learns(BOB_PN, BOB);
        bobCalls();
        stage.receives(BOB_PN, 0, said("offer", BOB_PN));
        stage.receives(BOB_PN, 7, said("terminate", BOB_PN));
        stage.receives(BOB, 8, said("terminate", BOB));
        assertThat(stage.offered()).hasSize(1);
        assertThat(stage.ends()).containsExactly(CallEnd.CANCELLED);
    }

    @Test
    void theNameThatTheOfferTellsIsTheCallersToo() {
        bobCalls();
        stage.receives(BOB_PN, 7, said("terminate", BOB_PN));
        assertThat(stage.ends()).containsExactly(CallEnd.CANCELLED);
    }

    @Test
    void whatComesAgainIsNoNewsAlsoAfterARestart() {
        for (int i = 0; i < 3; i++) {
            bobCalls();
            stage.restart();
        }
        for (int i = 0; i < 3; i++) {
            stage.receives(BOB, 20, terminate(BOB, "timeout"));
            bobCalls();
            stage.receives(PHONE, 4, said("accept", BOB));
            stage.restart();
        }
        assertThat(stage.offered()).hasSize(1);
        assertThat(stage.ends()).containsExactly(CallEnd.UNANSWERED);
    }

    @Test
    void theEndOfACallThatNobodyHasOfferedIsNone() {
        stage.receives(BOB, 0, said("terminate", BOB));
        stage.receives(PHONE, 0, said("accept", BOB));
        stage.receives(BOB, 0, said("reject", BOB));
        assertThat(stage.told).isEmpty();
    }

    @Test
    void ofManyThatNeverEndTheOldestAreGivenUp() {
        for (int i = 0; i < 40; i++) {
            stage.receives(BOB, i, said("offer", BOB, "C" + i));
        }
        assertThat(stage.ends()).hasSize(8).containsOnly(CallEnd.UNKNOWN);
        assertThat(stage.told.stream()
                        .filter(CallEnded.class::isInstance)
                        .map(event -> ((CallEnded) event).call().id()))
                .containsExactly("C0", "C1", "C2", "C3", "C4", "C5", "C6", "C7");
        stage.receives(BOB, 41, said("terminate", BOB, "C39"));
        stage.receives(BOB, 42, said("offer", BOB, "C40"));
        assertThat(stage.ends())
                .as("that which has ended makes room")
                .hasSize(9)
                .last()
                .isEqualTo(CallEnd.CANCELLED);
    }

    @Test
    void aCallOfAGroupIsOursToTakeAndTheCallersToEnd() {
        stage.receives(
                BOB,
                0,
                said("offer_notice", BOB)
                        .attribute("group-jid", GROUP)
                        .attribute("media", "video")
                        .attribute("type", "group"));
        Call call = stage.offered().getFirst();
        assertThat(call.chat()).isEqualTo(GROUP);
        assertThat(call.group() && call.video()).isTrue();
        assertThat(call.caller().is(BOB)).isTrue();

        stage.receives(CAROL, 2, said("accept", BOB));
        stage.receives(CAROL, 3, said("reject", BOB));
        stage.receives(CAROL, 4, said("terminate", BOB));
        assertThat(stage.ends()).as("what others do").isEmpty();
        stage.receives(BOB, 5, said("terminate", BOB));
        assertThat(stage.ends()).containsExactly(CallEnd.CANCELLED);
    }

    @Test
    void aCallOfAGroupIsTaken() {
        stage.receives(BOB, 0, said("offer_notice", BOB).attribute("type", "group"));
        assertThat(stage.offered().getFirst().chat())
                .as("of no group that is told")
                .isEqualTo(BOB);
        stage.receives(ANNA_PN, 5, said("accept", BOB));
        assertThat(stage.ends()).containsExactly(CallEnd.TAKEN);
    }

    private void annaCallsBob() {
        stage.receives(call(PHONE, 0)
                .attribute("recipient", BOB)
                .child(said("offer", ANNA))
                .build());
    }

    @Test
    void aCallOfOurOwnIsTalkedFromWhenItIsTaken() {
        annaCallsBob();
        Call call = stage.offered().getFirst();
        assertThat(call.own()).isTrue();
        assertThat(call.chat()).isEqualTo(BOB);
        stage.receives(BOB, 6, said("preaccept", ANNA));
        stage.receives(BOB, 10, said("accept", ANNA));
        stage.receives(BOB, 12, said("accept", ANNA));
        stage.receives(BOB, 12, said("reject", ANNA));
        stage.restart();
        stage.receives(PHONE, 75, said("terminate", ANNA));
        assertThat(stage.told)
                .last()
                .isEqualTo(
                        new CallEnded(Instant.ofEpochSecond(START + 75), call, CallEnd.TAKEN, Duration.ofSeconds(65)));
    }

    @Test
    void aCallOfOurOwnIsNotWanted() {
        annaCallsBob();
        stage.receives(BOB, 6, said("reject", ANNA));
        stage.receives(PHONE, 6, said("terminate", ANNA));
        assertThat(stage.ends()).containsExactly(CallEnd.REJECTED);
    }

    @ParameterizedTest
    @CsvSource({
        "900000000000001, '', CANCELLED",
        "900000000000002, '', REJECTED",
        "900000000000001, timeout, UNANSWERED"
    })
    void aCallOfOurOwnIsNotTaken(String by, String reason, CallEnd end) {
        annaCallsBob();
        stage.receives(Jid.lid(by), 30, terminate(ANNA, reason));
        assertThat(stage.ends()).containsExactly(end);
    }

    /** The offer comes to those whom it is for; what they answer shows that there was one. */
    @Test
    void aCallOfOurOwnShowsInItsAnswers() {
        stage.receives(BOB, 6, said("accept", ANNA));
        assertThat(stage.offered().getFirst().chat()).isEqualTo(BOB);
        stage.receives(BOB, 36, said("terminate", ANNA));
        assertThat(stage.ends()).containsExactly(CallEnd.TAKEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"preaccept", "reject", "terminate"})
    void whatStrangersSayOfACallThatNeverWasMakesNone(String tag) {
        stage.receives(CAROL, 0, said(tag, ANNA));
        stage.receives(CAROL, 1, terminate(ANNA, "timeout"));
        stage.receives(CAROL, 2, said("reject", ANNA));
        assertThat(stage.told).isEmpty();
    }

    @Test
    void aCallOfOurOwnToNobodyThatIsToldIsNotTold() {
        stage.receives(PHONE, 0, said("offer", ANNA));
        assertThat(stage.told).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"transport", "relaylatency", "something_new"})
    void whatIsBetweenDevicesMeansNothing(String tag) {
        StanzaDecision decision = stage.receives(BOB, 0, Node.element(tag));
        assertThat(decision.changes()).isEmpty();
        assertThat(stage.told).isEmpty();
    }

    @Test
    void whatSaysTooLittleChangesNothing() {
        List<Node.Builder> wanting = List.of(
                Node.element("offer").attribute("call-creator", BOB),
                Node.element("offer").attribute("call-id", "C1"),
                Node.element("terminate").attribute("call-id", "x".repeat(101)).attribute("call-creator", BOB));
        for (Node.Builder said : wanting) {
            assertThat(stage.receives(BOB, 0, said).changes()).isEmpty();
        }
        assertThat(stage.receives(Node.element("call").attribute("id", "1").build())
                        .changes())
                .isEmpty();
        assertThat(stage.told).isEmpty();
    }
}
