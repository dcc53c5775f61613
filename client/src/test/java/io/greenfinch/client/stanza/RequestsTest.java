package io.greenfinch.client.stanza;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.client.SteppedClock;
import io.greenfinch.client.time.SteppedTimers;
import io.greenfinch.protocol.binary.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class RequestsTest {

    private final SteppedClock clock = SteppedClock.atSomeTime();
    private final SteppedTimers timers = new SteppedTimers(clock);
    private final Requests requests = new Requests(clock, timers, Runnable::run, "ab12-");
    private final List<Node> written = new ArrayList<>();

    @BeforeEach
    void link() {
        requests.linked(true);
    }

    @Test
    void sendsWhenOnlineAndMatchesTheAnswerById() {
        requests.online(written::add);
        Sent first = submit(10);
        Sent second = submit(10);

        assertThat(requests.answered(result(written.get(1)))).isTrue();
        assertThat(second.answer()).isCompletedWithValueMatching(Answer.Result.class::isInstance);
        assertThat(first.answer()).isNotDone();
    }

    @Test
    void waitsForTheLinkAndKeepsTheOrder() {
        submit(10);
        submit(10);
        assertThat(written).isEmpty();

        requests.online(written::add);
        assertThat(written)
                .extracting(node -> node.attribute("id").orElseThrow())
                .containsExactly("ab12-1", "ab12-2");
    }

    @Test
    void neverUsesAnIdTwiceAcrossConnections() {
        requests.online(written::add);
        for (int i = 0; i < 50; i++) {
            submit(10);
            requests.nextId();
            requests.offline();
            requests.online(written::add);
        }
        Set<String> ids = new HashSet<>();
        written.forEach(node -> ids.add(node.attribute("id").orElseThrow()));
        assertThat(ids).hasSize(50);
    }

    @Test
    void whatWasSentIsLostWithTheConnectionAndWhatWasNotWaits() {
        requests.online(written::add);
        Sent sent = submit(10);
        requests.offline();
        Sent waiting = submit(10);

        assertThat(sent.answer()).isCompletedWithValue(new Answer.Lost());
        assertThat(waiting.answer()).isNotDone();
        requests.online(written::add);
        assertThat(written).hasSize(2);
    }

    @Test
    void anAnswerAfterTheConnectionIsNoAnswer() {
        requests.online(written::add);
        submit(10);
        requests.offline();

        assertThat(requests.answered(result(written.getFirst()))).isFalse();
    }

    @Test
    void theDeadlineSaysWhetherItWasSent() {
        requests.online(written::add);
        Sent sent = submit(10);
        requests.offline();
        requests.online(written::add);
        Sent unanswered = submit(10);
        requests.offline();
        Sent neverSent = submit(10);
        timers.advance(Duration.ofSeconds(10));

        assertThat(sent.answer()).isCompletedWithValue(new Answer.Lost());
        assertThat(unanswered.answer()).isCompletedWithValue(new Answer.Lost());
        assertThat(neverSent.answer()).isCompletedWithValue(new Answer.NotSent());
        requests.online(written::add);
        assertThat(written).as("what has passed its deadline is not sent").hasSize(2);
    }

    @Test
    void theDeadlineOfASentRequestLeavesItUnanswered() {
        requests.online(written::add);
        Sent sent = submit(10);
        timers.advance(Duration.ofSeconds(9));
        assertThat(sent.answer()).isNotDone();
        timers.advance(Duration.ofSeconds(1));

        assertThat(sent.answer()).isCompletedWithValue(new Answer.Unanswered());
        assertThat(requests.answered(result(written.getFirst()))).isFalse();
        assertThat(timers.waiting()).isZero();
    }

    @Test
    void aDeadlineInThePastSendsNothing() {
        requests.online(written::add);
        assertThat(submit(0).answer()).isCompletedWithValue(new Answer.NotSent());
        assertThat(written).isEmpty();
    }

    @Test
    void withoutAnAccountNothingWaits() {
        Sent waiting = submit(10);
        requests.linked(false);

        assertThat(waiting.answer()).isCompletedWithValue(new Answer.NotLinked());
        assertThat(submit(10).answer()).isCompletedWithValue(new Answer.NotLinked());
    }

    @Test
    void aClosedSessionAnswersEverybody() {
        requests.online(written::add);
        Sent sent = submit(10);
        requests.offline();
        Sent later = submit(10);
        requests.close();
        requests.linked(true);

        assertThat(sent.answer()).isCompletedWithValue(new Answer.Lost());
        assertThat(later.answer()).isCompletedWithValue(new Answer.NotSent());
        assertThat(submit(10).answer()).isCompletedWithValue(new Answer.NotSent());
    }

    @Test
    void neitherQueueGrowsWithoutBound() {
        for (int i = 0; i < Requests.MAX; i++) {
            assertThat(submit(10).answer()).isNotDone();
        }
        assertThat(submit(10).answer()).isCompletedWithValue(new Answer.NotSent());

        requests.online(written::add);
        assertThat(written).hasSize(Requests.MAX);
        assertThat(submit(10).answer()).isCompletedWithValue(new Answer.NotSent());
    }

    @Test
    void whoLooksOnSeesSendingAndAnswerInOrder() {
        List<String> seen = new ArrayList<>();
        Request request = new Request(Node.empty("iq"), clock.instant().plusSeconds(10), new Request.Observer() {
            @Override
            public void sent() {
                seen.add("sent after " + written.size());
            }

            @Override
            public void answered(Answer answer) {
                seen.add(answer.getClass().getSimpleName());
            }
        });
        requests.submit(request);
        assertThat(seen).isEmpty();
        requests.online(written::add);
        requests.answered(result(written.getFirst()));

        assertThat(seen).containsExactly("sent after 0", "Result");
    }

    @Test
    void readsErrorsWithCodeTextAndBackoff() {
        Node error = Node.element("iq")
                .attribute("type", "error")
                .child(Node.element("error")
                        .attribute("code", 429)
                        .attribute("text", "rate-overlimit")
                        .attribute("backoff", 7))
                .build();

        assertThat(Answer.of(error))
                .isEqualTo(new Answer.Refused(429, "rate-overlimit", Optional.of(Duration.ofSeconds(7))));
        Node bare = Node.element("iq").attribute("type", "error").build();
        assertThat(Answer.of(bare)).isEqualTo(new Answer.Refused(0, "", Optional.empty()));
    }

    @Test
    void aMessageIsAnsweredByItsAckAndKeepsItsId() {
        requests.online(written::add);
        Node message = Node.element("message").attribute("id", "3EB0AA").build();
        Sent taken = submit(message, 10);
        assertThat(written.getFirst().is("id", "3EB0AA")).isTrue();
        Node.Builder ack = Node.element("ack").attribute("class", "message").attribute("id", "3EB0AA");

        assertThat(requests.answered(
                        Node.element("iq").attribute("id", "3EB0AA").build()))
                .isFalse();
        assertThat(requests.answered(ack.build())).isTrue();
        assertThat(taken.answer()).isCompletedWithValue(new Answer.Result(ack.build()));
        Sent refused = submit(message, 10);
        requests.answered(ack.attribute("error", 463).build());
        assertThat(refused.answer()).isCompletedWithValue(new Answer.Refused(463, "", Optional.empty()));
    }

    /** A request and its answer. */
    private record Sent(Request request, CompletableFuture<Answer> answer) {}

    private Sent submit(int seconds) {
        return submit(Node.empty("iq"), seconds);
    }

    private Sent submit(Node stanza, int seconds) {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        Request request = new Request(stanza, clock.instant().plusSeconds(seconds), answer::complete);
        requests.submit(request);
        return new Sent(request, answer);
    }

    private static Node result(Node request) {
        return Node.element("iq")
                .attribute("type", "result")
                .attribute("id", request.attribute("id").orElseThrow())
                .build();
    }
}
