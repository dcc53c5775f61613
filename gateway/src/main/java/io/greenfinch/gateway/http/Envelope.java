package io.greenfinch.gateway.http;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import tools.jackson.databind.node.ObjectNode;

/** The one body of all errors (green-api.md §2.2); its path is masked. */
final class Envelope {

    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private Envelope() {}

    static ObjectNode of(int status, Instant now, String maskedPath, String message) {
        return Json.object()
                .put("statusCode", status)
                .put("timestamp", MILLIS.format(now))
                .put("path", maskedPath)
                .put("message", message);
    }

    static byte[] bytes(int status, Clock clock, String maskedPath, String message) {
        return Json.bytes(of(status, clock.instant(), maskedPath, message));
    }
}
