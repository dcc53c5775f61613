package io.greenfinch.gateway.docs;

import java.net.http.HttpResponse;
import java.util.Map;

/**
 * An answer as it came.
 *
 * @param headers by names in lower case, the first value of each
 */
public record Answered(int status, Map<String, String> headers, String body) {

    /** The answer that a client of the JDK got. */
    public static Answered of(HttpResponse<String> response) {
        return new Answered(response.statusCode(), Asked.lowerCase(response.headers()), response.body());
    }
}
