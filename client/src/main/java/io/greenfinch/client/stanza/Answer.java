package io.greenfinch.client.stanza;

import io.greenfinch.protocol.binary.Node;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** What became of a request. A result is not yet a success: what was asked for may have failed inside it. */
public sealed interface Answer {

    int TIMED_OUT = 408;
    int TOO_MANY = 429;
    int SERVER_ERROR = 500;

    /** Longer than this is no time to wait, in seconds. */
    long LONGEST_BACKOFF = 86_400;

    /** The server's result. */
    record Result(Node stanza) implements Answer {}

    /**
     * The server's error for the request as a whole (specification §26.1).
     *
     * @param code 0 when the server gave none
     * @param backoff how long the server wants us to wait
     */
    record Refused(int code, String text, Optional<Duration> backoff) implements Answer {

        /** What it means for a question that may be repeated, where no code has a meaning of its own. */
        public <T> Verdict<T> judged() {
            if (code == TOO_MANY) {
                return Verdict.limited(backoff);
            }
            return code == TIMED_OUT || code >= SERVER_ERROR
                    ? new Verdict.Verify<>(code)
                    : Verdict.refused(Refusal.OTHER, code);
        }

        /** Whether it says nothing of what was asked, but of this moment. */
        public boolean isPassing() {
            return code == TOO_MANY || code == TIMED_OUT || code >= SERVER_ERROR;
        }

        public static Refused of(Node error) {
            Optional<Duration> backoff = Optional.of(error.number("backoff"))
                    .filter(OptionalLong::isPresent)
                    .map(seconds -> Duration.ofSeconds(Math.min(seconds.getAsLong(), LONGEST_BACKOFF)));
            return new Refused(
                    Answer.code(error, "code"), error.attribute("text").orElse(""), backoff);
        }
    }

    /** It was sent, and the connection ended before an answer came; there may be time left to find out. */
    record Lost() implements Answer {}

    /** It was sent, and the deadline passed without an answer. */
    record Unanswered() implements Answer {}

    /** It was never sent: no connection before the deadline, too many requests waiting, or the session was closed. */
    record NotSent() implements Answer {}

    /** It was never sent: the account is not linked, or was unlinked meanwhile. */
    record NotLinked() implements Answer {}

    /** Reads an {@code <iq>} of type result or error, or an {@code <ack>}. */
    static Answer of(Node stanza) {
        if (stanza.tag().equals("ack") && stanza.has("error")) {
            return new Refused(code(stanza, "error"), "", Optional.empty());
        }
        if (!stanza.is("type", "error")) {
            return new Result(stanza);
        }
        return stanza.child("error").map(Refused::of).orElseGet(() -> new Refused(0, "", Optional.empty()));
    }

    /** A numeric code in an attribute; 0 when it is missing or no code. */
    static int code(Node node, String attribute) {
        long code = node.number(attribute).orElse(0);
        return code > 9999 ? 0 : (int) code;
    }
}
