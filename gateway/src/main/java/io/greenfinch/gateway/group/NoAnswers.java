package io.greenfinch.gateway.group;

import io.greenfinch.client.stanza.Silence;
import io.greenfinch.gateway.http.Answer;

/** What callers are told when WhatsApp gave no answer. */
public final class NoAnswers {

    private NoAnswers() {}

    public static Answer of(Silence why) {
        return switch (why) {
            case NOT_SENT, UNKNOWN -> Answer.error(502, "Bad Gateway").withReason(reason(why));
            case RATE_LIMITED ->
                Answer.error(429, "Too Many Requests").withReason(reason(why)).withRetryAfter(30);
            case NOT_LINKED -> Answer.error(400, "instance is starting or not authorized");
        };
    }

    /** The word for {@code Greenfinch-Reason}. */
    public static String reason(Silence why) {
        return switch (why) {
            case NOT_SENT -> "not-sent";
            case UNKNOWN -> "unknown";
            case RATE_LIMITED -> "whatsapp-rate-limit";
            case NOT_LINKED -> "not-linked";
        };
    }
}
