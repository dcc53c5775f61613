package io.greenfinch.gateway.http;

import io.greenfinch.gateway.store.KeptAnswer;
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
 * @param success whether what was asked for was done or told: only that is kept for those who repeat a request
 */
public record Reply(
        int status,
        Content content,
        Optional<String> reason,
        OptionalInt retryAfter,
        Optional<Delivery> delivery,
        boolean success) {

    /** A body. */
    public sealed interface Content {

        /** Compact JSON, keys in the order of the node. */
        record Json(JsonNode node) implements Content {}

        /** The error envelope with this message (green-api.md §2.2). */
        record Envelope(String message) implements Content {}

        /** Something that is not JSON; a page is for a browser to show, and may load nothing from elsewhere. */
        record Text(String type, String text, boolean page) implements Content {}

        /** No body at all. */
        record Nothing() implements Content {}

        /** No body, but a WebSocket of the instance {@code owner} to be opened and served. */
        record Socket(long owner, TextSocket.Program program) implements Content {}

        /** No body of a certain length, but a stream of events of the instance {@code owner}. */
        record Events(long owner, EventStream.Program program) implements Content {}
    }

    /** Learns, exactly once and after the answer was written, whether that succeeded. Must not block for long. */
    @FunctionalInterface
    public interface Delivery {
        void done(boolean delivered);
    }

    /** Status 200 with a JSON body. */
    public static Reply ok(JsonNode body) {
        return plain(200, new Content.Json(body));
    }

    /** Status 200 with an object of one boolean, which tells whether it is a success. */
    public static Reply flag(String name, boolean value) {
        return ok(Json.object().put(name, value)).succeeding(value);
    }

    /** A JSON body with another status. */
    public static Reply json(int status, JsonNode body) {
        return plain(status, new Content.Json(body));
    }

    /** The error envelope. */
    public static Reply error(int status, String message) {
        return plain(status, new Content.Envelope(message));
    }

    /** What methods that need a linked instance say when it is none. */
    public static Reply notLinked() {
        return error(400, "instance is starting or not authorized");
    }

    /** Just a status. */
    public static Reply empty(int status) {
        return plain(status, new Content.Nothing());
    }

    /** A body of another type. */
    public static Reply text(int status, String type, String text) {
        return plain(status, new Content.Text(type, text, false));
    }

    /** Something for a browser to show. */
    public static Reply page(String type, String text) {
        return plain(200, new Content.Text(type, text, true));
    }

    /** A WebSocket for the instance {@code owner}; who did not ask for one gets 426. */
    public static Reply socket(long owner, TextSocket.Program program) {
        return plain(101, new Content.Socket(owner, program));
    }

    /** A stream of events of the instance {@code owner}; who is one too many gets 429. */
    public static Reply events(long owner, EventStream.Program program) {
        return plain(200, new Content.Events(owner, program));
    }

    private static Reply plain(int status, Content content) {
        return new Reply(status, content, Optional.empty(), OptionalInt.empty(), Optional.empty(), status == 200);
    }

    public Reply withReason(String code) {
        return new Reply(status, content, Optional.of(code), retryAfter, delivery, success);
    }

    /** Whether it is a success, where a status of 200 does not say it. */
    public Reply succeeding(boolean done) {
        return new Reply(status, content, reason, retryAfter, delivery, done);
    }

    public Reply withRetryAfter(int seconds) {
        return new Reply(status, content, reason, OptionalInt.of(seconds), delivery, success);
    }

    public Reply onDelivery(Delivery listener) {
        return new Reply(status, content, reason, retryAfter, Optional.of(listener), success);
    }

    /** This answer as it is kept for repeats of the request. */
    KeptAnswer kept(byte[] requestDigest) {
        return switch (content) {
            case Content.Json(JsonNode body) -> new KeptAnswer(requestDigest, status, reason, Json.bytes(body));
            case Content.Nothing nothing -> new KeptAnswer(requestDigest, status, reason, new byte[0]);
            default -> throw new IllegalStateException("only JSON, or nothing, is kept");
        };
    }

    /** The same, for somebody whose reading of it changes nothing. */
    Reply untracked() {
        return new Reply(status, content, reason, retryAfter, Optional.empty(), success);
    }
}
