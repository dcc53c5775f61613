package io.greenfinch.simulator.admin;

import java.util.Map;

/**
 * The answer to an admin request.
 *
 * @param status HTTP status
 * @param body text as it is, anything else as JSON; an empty text for none
 */
record AdminAnswer(int status, Object body) {

    static AdminAnswer ok(Object body) {
        return new AdminAnswer(200, body);
    }

    static AdminAnswer created(Object body) {
        return new AdminAnswer(201, body);
    }

    static AdminAnswer nothing() {
        return new AdminAnswer(204, "");
    }

    static AdminAnswer error(int status, String text) {
        return new AdminAnswer(status, Map.of("error", text));
    }
}
