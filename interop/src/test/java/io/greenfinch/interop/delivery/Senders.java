package io.greenfinch.interop.delivery;

import static org.awaitility.Awaitility.await;

import io.greenfinch.interop.service.Gateway.Answer;
import io.greenfinch.interop.service.Subject;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Applications that send with our instances. Most calls bear an Idempotency-Key and are repeated until they are answered; of the others,
 * a call without an answer is given up.
 */
final class Senders {

    private static final Duration DEADLINE = Duration.ofSeconds(90);
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final int LONGEST_FILLER = 300;

    /** One call of so many bears no key. */
    private static final int WITHOUT_KEY = 4;

    private final Correspondences correspondences;
    private final Supplier<Optional<URI>> apiUrl;
    private final Map<String, Integer> answers = new ConcurrentSkipListMap<>();
    private final Queue<String> untruths = new ConcurrentLinkedQueue<>();

    Senders(Correspondences correspondences, Supplier<Optional<URI>> apiUrl) {
        this.correspondences = correspondences;
        this.apiUrl = apiUrl;
    }

    /** One message of an instance in one of its correspondences. */
    void call(Subject subject, RandomGenerator random) {
        List<Lane> lanes = correspondences.lanesOf(subject);
        Lane lane = lanes.get(random.nextInt(lanes.size()));
        if (apiUrl.get().isPresent() && lane.turn.tryLock()) {
            try {
                send(lane, "x".repeat(1 + random.nextInt(LONGEST_FILLER)), random.nextInt(WITHOUT_KEY) != 0);
            } finally {
                lane.turn.unlock();
            }
        }
    }

    /** One message in a lane; its caller has the turn. */
    void send(Lane lane, String filler, boolean withKey) {
        Subject subject = lane.sender().orElseThrow();
        long number = lane.next();
        Map<String, Object> body =
                Map.of("chatId", lane.correspondence.chatId(subject), "message", lane.text(number, filler));
        Optional<String> key = withKey ? Optional.of(lane.name + "-" + number) : Optional.empty();
        Optional<Answer> answer = withKey
                ? await("an answer to " + lane.text(number, ""))
                        .atMost(DEADLINE)
                        .pollDelay(Duration.ZERO)
                        .pollInterval(PAUSE)
                        .until(() -> attempt(subject, body, key), this::isSettled)
                : attempt(subject, body, key);
        if (answer.isEmpty()) {
            lane.heardNothing(number);
        } else if (answer.get().status() == 200) {
            lane.took(
                    number, new Lane.Taken(answer.get().json().get("idMessage").asString(), Optional.empty()));
        } else if (!isStarting(answer.get())) {
            untruths.add("%s: %d %s"
                    .formatted(lane.name, answer.get().status(), answer.get().body()));
        }
    }

    private boolean isSettled(Optional<Answer> answer) {
        return answer.filter(given -> !isStarting(given)).isPresent();
    }

    private static boolean isStarting(Answer answer) {
        return answer.status() == 400 && answer.body().contains("instance in starting process");
    }

    private Optional<Answer> attempt(Subject subject, Map<String, Object> body, Optional<String> key) {
        Optional<URI> present = apiUrl.get();
        if (present.isEmpty()) {
            return Optional.empty();
        }
        try {
            Answer answer = key.map(given -> subject.at(present.get()).post("sendMessage", body, given))
                    .orElseGet(() -> subject.at(present.get()).post("sendMessage", body));
            count(answer.status() == 200 ? "200" : answer.status() + " " + answer.body());
            return Optional.of(answer);
        } catch (UncheckedIOException e) {
            count("no answer");
            return Optional.empty(); // the gateway was killed under way
        }
    }

    private void count(String answer) {
        answers.merge(answer, 1, Integer::sum);
    }

    /** How often each answer was given. */
    Map<String, Integer> answers() {
        return answers;
    }

    /** Refusals that no caller has deserved. */
    Queue<String> untruths() {
        return untruths;
    }
}
