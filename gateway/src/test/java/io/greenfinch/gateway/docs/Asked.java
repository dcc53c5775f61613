package io.greenfinch.gateway.docs;

import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A request as it was sent.
 *
 * @param path as it stands in the request, encoded
 * @param headers by names in lower case, the first value of each
 */
public record Asked(String verb, String path, Map<String, String> headers, String body) {

    private static final int SHOWN = 2_000;

    /** The request that a client of the JDK sends. */
    public static Asked of(HttpRequest request) {
        return new Asked(
                request.method(), request.uri().getRawPath(), lowerCase(request.headers()), SentBody.of(request));
    }

    static Map<String, String> lowerCase(HttpHeaders headers) {
        return headers.map().entrySet().stream()
                .collect(Collectors.toMap(
                        header -> header.getKey().toLowerCase(Locale.ROOT),
                        header -> header.getValue().getFirst()));
    }

    @Override
    public String toString() {
        String all = verb + " " + path.replaceAll("[0-9a-f]{50}", "***") + " " + body;
        return all.length() <= SHOWN ? all : all.substring(0, SHOWN) + "…";
    }
}
