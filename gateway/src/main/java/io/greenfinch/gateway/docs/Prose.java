package io.greenfinch.gateway.docs;

import io.greenfinch.gateway.http.Json;
import tools.jackson.databind.node.ObjectNode;

/** What is said of methods for people to read: a file for each. */
public final class Prose {

    private Prose() {}

    /**
     * A method's; the caller's own copy.
     *
     * @throws IllegalStateException when it has none
     */
    public static ObjectNode of(String method) {
        return file("openapi/" + method + ".json");
    }

    static ObjectNode file(String name) {
        return (ObjectNode) Json.parse(ApiPage.text(name));
    }
}
