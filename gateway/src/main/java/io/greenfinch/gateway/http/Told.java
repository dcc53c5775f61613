package io.greenfinch.gateway.http;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What a method answered, for callers inside the gateway. Immutable. */
public sealed interface Told {

    /** What stands in its body; a reason where it is no success. */
    record Body(JsonNode json, Optional<String> reason) implements Told {}

    /** Words about what is wrong. */
    record Trouble(String message, Optional<String> reason) implements Told {}

    /**
     * What a reply tells.
     *
     * @throws IllegalStateException when it opens a connection that stays
     */
    static Told of(Reply reply) {
        return switch (reply.content()) {
            case Reply.Content.Json(JsonNode json)
            when reply.status() != 200 ->
                new Trouble(json.at("/invokeStatus/description").asString(json.toString()), reply.reason());
            case Reply.Content.Json(JsonNode json) -> new Body(json, reply.reason());
            case Reply.Content.Envelope(String message) -> new Trouble(message, reply.reason());
            case Reply.Content.Text text -> new Trouble(text.text(), reply.reason());
            case Reply.Content.Nothing nothing -> new Trouble(Integer.toString(reply.status()), reply.reason());
            case Reply.Content.Socket socket -> throw new IllegalStateException("no use for a WebSocket");
            case Reply.Content.Events events -> throw new IllegalStateException("no use for a stream");
        };
    }
}
