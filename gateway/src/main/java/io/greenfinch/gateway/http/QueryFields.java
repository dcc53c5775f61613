package io.greenfinch.gateway.http;

import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The fields of a GET. They stand in the query or, with some clients, in a JSON body (green-api.md §1.3); the query wins.
 * What is not known is passed over. Never throws, whatever the bytes.
 */
final class QueryFields {

    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,18}");

    private QueryFields() {}

    static ObjectNode read(String query, byte[] body, Schema schema) {
        ObjectNode fields = Json.object();
        if (JsonBody.parse(body) instanceof JsonBody.Fields given) {
            for (String name : schema.names()) {
                JsonNode value = given.node().get(name);
                if (value != null) {
                    fields.set(name, value);
                }
            }
        }
        for (String pair : query.split("&")) {
            int equals = pair.indexOf('=');
            String name = decoded(pair.substring(0, Math.max(equals, 0)));
            if (schema.names().contains(name)) {
                String value = decoded(pair.substring(equals + 1));
                if (NUMBER.matcher(value).matches()) {
                    fields.put(name, Long.parseLong(value));
                } else {
                    fields.put(name, value);
                }
            }
        }
        return fields;
    }

    private static String decoded(String text) {
        return RequestPath.decoded(text.replace('+', ' '));
    }
}
