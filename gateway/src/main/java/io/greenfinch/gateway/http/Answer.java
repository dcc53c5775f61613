package io.greenfinch.gateway.http;

import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;

/**
 * What a method answers. Immutable.
 *
 * @param status the HTTP status
 * @param content the body
 * @param reason goes out as {@code Greenfinch-Reason}
 * @param retryAfter goes out as {@code Retry-After}, in seconds
 * @param delivery told whether the answer reached the caller, if anybody wants to know
 */
public record Answer(
        int status, Content content, Optional<String> reason, OptionalInt retryAfter, Optional<Delivery> delivery) {

    /** A body. */
    public sealed interface Content {

        /** Compact JSON, keys in the order of the node. */
        record Json(JsonNode node) implements Content {}

        /** The error envelope with this message (green-api.md §2.2). */
        record Envelope(String message) implements Content {}

        /** Something that is not JSON. */
        record Text(String type, String text) implements Content {}

        /** Something for a browser to show, which may load nothing from elsewhere. */
        record Page(String type, String text) implements Content {}

        /** No body at all. */
        record Nothing() implements Content {}

        /** No body, but a WebSocket of the instance {@code owner} to be opened and served. */
        record Socket(long owner, TextSocket.Program program) implements Content {}
    }

    /** Learns, exactly once and after the answer was written, whether that succeeded. Must not block for long. */
    @FunctionalInterface
    public interface Delivery {
        void done(boolean delivered);
    }

    /** Status 200 with a JSON body. */
    public static Answer ok(JsonNode body) {
        return plain(200, new Content.Json(body));
    }

    /** A JSON body with another status. */
    public static Answer json(int status, JsonNode body) {
        return plain(status, new Content.Json(body));
    }

    /** The error envelope. */
    public static Answer error(int status, String message) {
        return plain(status, new Content.Envelope(message));
    }

    /** Just a status. */
    public static Answer empty(int status) {
        return plain(status, new Content.Nothing());
    }

    /** A body of another type. */
    public static Answer text(int status, String type, String text) {
        return plain(status, new Content.Text(type, text));
    }

    /** Something for a browser to show. */
    public static Answer page(String type, String text) {
        return plain(200, new Content.Page(type, text));
    }

    /** A WebSocket for the instance {@code owner}; who did not ask for one gets 426. */
    public static Answer socket(long owner, TextSocket.Program program) {
        return plain(101, new Content.Socket(owner, program));
    }

    private static Answer plain(int status, Content content) {
        return new Answer(status, content, Optional.empty(), OptionalInt.empty(), Optional.empty());
    }

    public Answer withReason(String code) {
        return new Answer(status, content, Optional.of(code), retryAfter, delivery);
    }

    public Answer withRetryAfter(int seconds) {
        return new Answer(status, content, reason, OptionalInt.of(seconds), delivery);
    }

    public Answer onDelivery(Delivery listener) {
        return new Answer(status, content, reason, retryAfter, Optional.of(listener));
    }

    /** The same, for somebody whose reading of it changes nothing. */
    Answer untracked() {
        return new Answer(status, content, reason, retryAfter, Optional.empty());
    }
}
