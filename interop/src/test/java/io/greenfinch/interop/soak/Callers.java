package io.greenfinch.interop.soak;

import io.greenfinch.interop.service.Gateway.Answer;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Applications that let our accounts leave groups, and check what they are told against what the service has. */
final class Callers {

    private final Stage stage;
    private final Supplier<Optional<URI>> apiUrl;
    private final Queue<String> untruths = new ConcurrentLinkedQueue<>();
    private final Map<String, Integer> answers = new ConcurrentSkipListMap<>();

    /**
     * Callers.
     *
     * @param apiUrl where the gateway is; empty while it is not there
     */
    Callers(Stage stage, Supplier<Optional<URI>> apiUrl) {
        this.stage = stage;
        this.apiUrl = apiUrl;
    }

    /** One call of a random instance for a random group. */
    void call(RandomGenerator random) {
        Optional<URI> present = apiUrl.get();
        Membership membership = stage.membership(stage.anySubject(random), stage.anyGroup(random));
        if (present.isEmpty() || !membership.turn.tryLock()) {
            return;
        }
        try {
            String before = stage.rank(membership);
            if (before.equals("none") && random.nextInt(20) != 0) {
                return; // most calls shall have something to do
            }
            leave(membership, before, present.get());
        } finally {
            membership.turn.unlock();
        }
    }

    private void leave(Membership membership, String before, URI gateway) {
        boolean uncertain = membership.uncertain();
        boolean untold = membership.untold();
        boolean roleInMotion = membership.roleInMotion();
        Answer answer;
        try {
            answer = membership.subject.at(gateway).post("leaveGroup", Map.of("groupId", membership.group));
        } catch (UncheckedIOException e) {
            membership.unknown(); // the gateway was killed under way
            count("no answer");
            return;
        }
        String after = stage.rank(membership);
        String told = answer.status() + " " + (answer.status() == 200 ? answer.body() : "")
                + answer.reason().map(reason -> " " + reason).orElse("");
        count(told);
        boolean out = after.equals("none");
        boolean fits = switch (told) {
            case "200 {\"leaveGroup\":true}" -> out && (uncertain || roleInMotion || before.equals("member"));
            case "200 {\"removeAdmin\":true}" -> out && (uncertain || roleInMotion || before.endsWith("admin"));
            case "200 {\"leaveGroup\":true} left-earlier", "200 {\"removeAdmin\":true} left-earlier" -> out && untold;
            case "200 {\"leaveGroup\":false} not-a-member" -> out && (uncertain || before.equals("none"));
            case "200 {\"leaveGroup\":false} not-allowed", "200 {\"leaveGroup\":false} locked" ->
                uncertain || after.equals(before);
            case "502  not-sent", "429  whatsapp-rate-limit", "400 " -> uncertain || out == before.equals("none");
            case "502  unknown" -> true;
            default -> false;
        };
        if (!fits) {
            untruths.add("%s in %s, %s before%s%s, %s afterwards, was told: %s"
                    .formatted(
                            membership.subject.account().name(),
                            membership.group,
                            before,
                            uncertain ? " (uncertain)" : "",
                            untold ? " (untold)" : "",
                            after,
                            told));
        }
        if (told.startsWith("200 ")) {
            membership.told();
        } else if (told.equals("502  unknown")) {
            membership.unknown();
        }
    }

    private void count(String answer) {
        answers.merge(answer, 1, Integer::sum);
    }

    /** Answers that were not so. */
    Queue<String> untruths() {
        return untruths;
    }

    /** How often each answer was given. */
    Map<String, Integer> answers() {
        return answers;
    }
}
