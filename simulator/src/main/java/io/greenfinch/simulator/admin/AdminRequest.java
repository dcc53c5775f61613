package io.greenfinch.simulator.admin;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.util.Fields;

/**
 * An admin request.
 *
 * @param parameters what the path has in place of its templates
 * @param query what follows the path
 * @param bytes the body
 */
record AdminRequest(Map<String, String> parameters, Fields query, byte[] bytes) {

    /** The body as text. */
    String body() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    String parameter(String name) {
        return parameters.getOrDefault(name, "");
    }

    Optional<String> query(String name) {
        return Optional.ofNullable(query.getValue(name)).filter(value -> !value.isEmpty());
    }

    /** A whole number of the query. */
    int query(String name, int otherwise, int most) {
        String text = query(name).orElse(Integer.toString(otherwise));
        if (!text.matches("[0-9]{1,9}") || Integer.parseInt(text) > most) {
            throw BadInput.malformed("\"" + name + "\" must be a whole number up to " + most);
        }
        return Integer.parseInt(text);
    }

    Input input() {
        return Input.of(body());
    }
}
