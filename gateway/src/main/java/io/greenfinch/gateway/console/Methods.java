package io.greenfinch.gateway.console;

import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.LocalCalls;
import io.greenfinch.gateway.http.Told;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The methods of the API, as pages call them. Thread-safe; blocks as methods do. */
record Methods(LocalCalls calls) {

    Told call(Scene scene, String method) {
        return call(scene, method, Json.object());
    }

    Told call(Scene scene, String method, ObjectNode fields) {
        return Told.of(calls.call(scene.instance(), method, fields));
    }

    /** What a method tells that changes nothing, or a missing node. */
    JsonNode body(Scene scene, String method, ObjectNode fields) {
        return Told.of(calls.look(scene.instance(), method, fields)) instanceof Told.Body told
                ? told.json()
                : Json.object().path("");
    }

    /** What to say of trouble: the reason in words where we have some, and what the method says. */
    static String words(Texts texts, String message, Optional<String> reason) {
        return reason.map(word -> texts.word("reason", word)).orElse(message);
    }
}
