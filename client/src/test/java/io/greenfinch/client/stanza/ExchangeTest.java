package io.greenfinch.client.stanza;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.client.stanza.Outcome.Done;
import io.greenfinch.client.stanza.Outcome.Refused;
import io.greenfinch.client.stanza.Outcome.Unknown;
import io.greenfinch.protocol.binary.Node;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What all requests have in common, whatever they are about. */
final class ExchangeTest {

    private static final Answer DONE =
            Answer.of(Node.element("iq").attribute("type", "result").build());

    private final Script wire = new Script();
    private final Instant begin = wire.clock.instant();
    private final Instant deadline = begin.plusSeconds(25);
    private final List<String> asked = new ArrayList<>();

    /** What happens when the change, or the question about it, is sent; the last one stays. */
    private final List<Consumer<Request>> changes = new ArrayList<>();

    private Consumer<Request> question = ExchangeTest::silence;
    private final Change change = new Change();

    /** A wire to nobody: requests are kept, and answered by the test. */
    private class Script extends SteppedWire {
        @Override
        public void send(Request request) {
            String tag = request.stanza().children().getFirst().tag();
            asked.add(tag);
            request.send();
            if (tag.equals("change")) {
                (changes.size() > 1 ? changes.removeFirst() : changes.getFirst()).accept(request);
            } else {
                question.accept(request);
            }
        }
    }

    /** Done when there is a result; the question tells whether it was. */
    private static final class Change implements Operation<String, String> {

        @Override
        public List<Batch<String, String>> batches(List<Attempt<String, String>> open) {
            return List.of(new Batch<>(iq("change"), open));
        }

        @Override
        public Verdict<String> result(Attempt<String, String> attempt, Node stanza, long reminder) {
            return Verdict.done("confirmed");
        }

        @Override
        public Verdict<String> refused(Attempt<String, String> attempt, Answer.Refused error, long reminder) {
            return switch (error.code()) {
                case 429 -> Verdict.limited(error.backoff());
                case 500 -> new Verdict.Verify<>(500);
                default -> Verdict.refused(Refusal.NOT_ALLOWED, error.code());
            };
        }

        @Override
        public void look(Exchange<String, String> exchange, List<Attempt<String, String>> refused) {
            verify(exchange, refused);
        }

        @Override
        public void verify(Exchange<String, String> exchange, List<Attempt<String, String>> unsure) {
            if (exchange.ask(iq("question"), new IsDone(), unsure) instanceof Done<Boolean>(Boolean done) && done) {
                unsure.getFirst().settle(new Done<>("seen"));
            }
        }
    }

    private static final class IsDone implements Question<Boolean> {
        @Override
        public Verdict<Boolean> result(Attempt<Node, Boolean> attempt, Node stanza, long reminder) {
            return Verdict.done(stanza.has("done"));
        }

        @Override
        public Verdict<Boolean> refused(Attempt<Node, Boolean> attempt, Answer.Refused error, long reminder) {
            return new Verdict.Verify<>(error.code());
        }
    }

    private static Node iq(String child) {
        return Node.element("iq").child(Node.empty(child)).build();
    }

    private static void silence(Request request) {}

    private static Consumer<Request> answer(Answer answer) {
        return request -> request.complete(answer);
    }

    private static Answer refused(int code) {
        return new Answer.Refused(code, "", Optional.empty());
    }

    private static Answer told(boolean done) {
        Node.Builder result = Node.element("iq").attribute("type", "result");
        return Answer.of((done ? result.attribute("done", "1") : result).build());
    }

    private Exchange<String, String> exchange() {
        return Exchange.of(wire, change, List.of("subject"), deadline);
    }

    private Outcome<String> run() {
        return exchange().run().getFirst();
    }

    @Test
    void theFirstAnswerMayTakeThreeFifthsOfTheTime() {
        changes.add(ExchangeTest::silence);
        question = request -> {
            assertThat(wire.clock.instant()).isEqualTo(begin.plusSeconds(15));
            request.complete(told(true));
        };
        assertThat(run()).isEqualTo(new Done<>("seen"));
    }

    @Test
    void aQuestionHasAllTheTimeThereIs() {
        Outcome<Boolean> told = Exchange.ask(wire, iq("question"), new IsDone(), deadline);
        assertThat(told).isEqualTo(new Unknown<>(Silence.UNKNOWN));
        assertThat(wire.pauses.getFirst()).isGreaterThanOrEqualTo(Duration.ofSeconds(25));
    }

    @Test
    void aConfirmationThatComesDuringTheQuestionCounts() {
        Request[] late = new Request[1];
        changes.add(request -> late[0] = request);
        question = request -> wire.whileWaiting = () -> late[0].complete(DONE);
        assertThat(run()).isEqualTo(new Done<>("confirmed"));
        assertThat(wire.clock.instant())
                .as("nobody waits for the answer to the question")
                .isEqualTo(begin.plusSeconds(15));
        assertThat(asked).containsExactly("change", "question");
    }

    @Test
    void aConfirmationThatComesBeforeTheRepetitionEndsTheWait() {
        Request[] late = new Request[1];
        changes.add(request -> late[0] = request);
        question = request -> {
            request.complete(told(false));
            wire.whileWaiting = () -> late[0].complete(DONE);
        };
        assertThat(run()).isEqualTo(new Done<>("confirmed"));
        assertThat(asked).containsExactly("change", "question");
    }

    @Test
    void aConfirmationOfTheFirstStanzaCountsWhileTheSecondIsUnderWay() {
        Request[] late = new Request[1];
        changes.add(request -> late[0] = request);
        changes.add(request -> late[0].complete(DONE));
        question = answer(told(false));
        assertThat(run()).isEqualTo(new Done<>("confirmed"));
        assertThat(asked).containsExactly("change", "question", "change");
        assertThat(wire.clock.instant()).isEqualTo(begin.plusSeconds(16));
    }

    @Test
    void aLateRefusalCountsWhileThereWasOneStanzaOnly() {
        Request[] late = new Request[1];
        changes.add(request -> late[0] = request);
        question = request -> wire.whileWaiting = () -> late[0].complete(refused(400));
        assertThat(run()).isEqualTo(new Refused<>(Refusal.NOT_ALLOWED, 400));

        changes.add(request -> late[0].complete(refused(400)));
        question = answer(told(false));
        assertThat(run()).as("the second may have been carried out").isEqualTo(new Unknown<>(Silence.UNKNOWN));
    }

    @Test
    void aConfirmationThatComesWhenAllWasAskedInVainCounts() {
        Request[] late = new Request[2];
        changes.add(request -> late[0] = request);
        changes.add(request -> late[1] = request);
        question = request -> {
            request.complete(told(false));
            if (late[1] != null) {
                wire.whileWaiting = () -> late[0].complete(DONE);
            }
        };
        assertThat(run()).isEqualTo(new Done<>("confirmed"));
        assertThat(asked).containsExactly("change", "question", "change", "question");
    }

    @Test
    void anErrorIsBelievedAfterALookOnly() {
        changes.add(answer(refused(403)));
        question = answer(told(true));
        assertThat(run()).isEqualTo(new Done<>("seen"));
        question = answer(told(false));
        assertThat(run()).isEqualTo(new Refused<>(Refusal.NOT_ALLOWED, 403));
        assertThat(asked).containsExactly("change", "question", "change", "question");
    }

    @Test
    void anErrorThatComesLateProvesNothing() {
        Request[] late = new Request[1];
        changes.add(request -> late[0] = request);
        question = request -> wire.whileWaiting = () -> late[0].complete(refused(403));
        assertThat(run()).isEqualTo(new Unknown<>(Silence.UNKNOWN));
    }

    @Test
    void whatProvesItEndsTheWaitAtOnce() {
        Exchange<String, String> exchange = exchange();
        changes.add(request -> exchange.attempts().getFirst().prove(new Done<>("echo")));
        assertThat(exchange.run()).containsExactly(new Done<>("echo"));
        assertThat(wire.pauses).isEmpty();
        assertThat(asked).containsExactly("change");
    }

    @Test
    void whatProvesItEndsThePauseBeforeTheNextStanza() {
        Exchange<String, String> exchange = exchange();
        changes.add(answer(refused(429)));
        wire.whileWaiting = () -> exchange.attempts().getFirst().prove(new Done<>("echo"));
        assertThat(exchange.run()).containsExactly(new Done<>("echo"));
        assertThat(wire.clock.instant()).isEqualTo(begin);
    }

    @Test
    void growingWaitsAreLongerByUpToAQuarter() {
        Random random = new Random(20261128);
        for (int i = 0; i < 1000; i++) {
            wire.pauses.clear();
            wire.clock.set(begin);
            wire.random = random;
            changes.clear();
            changes.addAll(List.of(answer(refused(429)), answer(refused(429)), answer(refused(429)), answer(DONE)));
            run();
            assertThat(wire.pauses).hasSize(3);
            for (int n = 0; n < 3; n++) {
                assertThat(wire.pauses.get(n)).isBetween(Duration.ofMillis(1000 << n), Duration.ofMillis(1250 << n));
            }
        }
        assertThat(wire.pauses.getFirst()).isNotEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void jitterDoesNotMissTheDeadline() {
        wire.random = () -> -1;
        Answer limited = new Answer.Refused(429, "", Optional.of(Duration.ofSeconds(24)));
        changes.addAll(List.of(answer(limited), answer(DONE)));
        assertThat(run()).isEqualTo(new Done<>("confirmed"));
        assertThat(wire.pauses).containsExactly(Duration.ofSeconds(24));
    }

    @Test
    void anAnswerHasItsTimeFromWhenThereIsALink() {
        Script down = new Script() {
            @Override
            public void send(Request request) {
                if (request.stanza().child("change").isPresent()) {
                    whileWaiting = () -> whileWaiting = () -> {
                        clock.set(begin.plusSeconds(20));
                        super.send(request);
                    };
                } else {
                    super.send(request);
                }
            }
        };
        changes.add(ExchangeTest::silence);
        question = request -> {
            assertThat(down.clock.instant()).isEqualTo(begin.plusSeconds(23));
            request.complete(told(true));
        };
        assertThat(Exchange.run(down, change, "subject", deadline)).isEqualTo(new Done<>("seen"));
    }

    @Test
    void aRateLimitAfterALostStanzaLeavesItUnknown() {
        changes.addAll(List.of(answer(new Answer.Lost()), answer(refused(429))));
        question = answer(told(false));
        assertThat(run()).isEqualTo(new Unknown<>(Silence.UNKNOWN));
        changes.clear();
        changes.add(answer(refused(429)));
        assertThat(Exchange.run(wire, change, "subject", wire.clock.instant().plusSeconds(25)))
                .isEqualTo(new Unknown<>(Silence.RATE_LIMITED));
    }
}
