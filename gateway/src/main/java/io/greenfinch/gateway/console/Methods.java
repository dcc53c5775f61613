package io.greenfinch.gateway.console;

import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.LocalCalls;
import io.greenfinch.gateway.http.Reply;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The methods of the API, as pages call them. Thread-safe; blocks as methods do. */
record Methods(LocalCalls calls) {

    /** What a method answered. */
    sealed interface Told {

        /** What stands in its body; a reason where it is no success. */
        record Body(JsonNode json, Optional<String> reason) implements Told {}

        /** Words about what is wrong. */
        record Trouble(String message, Optional<String> reason) implements Told {}
    }

    Told call(Scene scene, String method) {
        return call(scene, method, Json.object());
    }

    Told call(Scene scene, String method, ObjectNode fields) {
        return told(calls.call(scene.instance(), method, fields));
    }

    /** What a method tells that changes nothing, or a missing node. */
    JsonNode body(Scene scene, String method, ObjectNode fields) {
        return told(calls.look(scene.instance(), method, fields)) instanceof Told.Body told
                ? told.json()
                : Json.object().path("");
    }

    private static Told told(Reply reply) {
        return switch (reply.content()) {
            case Reply.Content.Json(JsonNode json)
            when reply.status() != 200 ->
                new Told.Trouble(json.at("/invokeStatus/description").asString(json.toString()), reply.reason());
            case Reply.Content.Json(JsonNode json) -> new Told.Body(json, reply.reason());
            case Reply.Content.Envelope(String message) -> new Told.Trouble(message, reply.reason());
            case Reply.Content.Text text -> new Told.Trouble(text.text(), reply.reason());
            case Reply.Content.Nothing nothing -> new Told.Trouble(Integer.toString(reply.status()), reply.reason());
            case Reply.Content.Socket socket -> throw new IllegalStateException("a page has no use for a WebSocket");
            case Reply.Content.Events events -> throw new IllegalStateException("a page has no use for a stream");
        };
    }

    /** What to say of trouble: the reason in words where we have some, and what the method says. */
    static String words(Texts texts, String message, Optional<String> reason) {
        return reason.map(word -> texts.word("reason", word)).orElse(message);
    }
}
