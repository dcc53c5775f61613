package io.greenfinch.gateway.http;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import org.eclipse.jetty.server.Request;

/** Reads a request's body up to a limit of size and of time, blocking the request's virtual thread. */
sealed interface BodyReader {

    /** JSON bodies may have 100 KB (green-api.md §1.3). */
    int MAX_BYTES = 100 * 1024;

    /** The whole body. */
    record Whole(byte[] bytes) implements BodyReader {}

    /** More than {@link #MAX_BYTES}. */
    record TooLarge() implements BodyReader {}

    /** It did not come in time. */
    record TooSlow() implements BodyReader {}

    /** The connection broke, or what came was not HTTP. */
    record Broken() implements BodyReader {}

    static BodyReader read(Request request, Duration patience) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        BodyPump.End end = BodyPump.run(request, patience, (bytes, last) -> {
            if (body.size() + bytes.length > MAX_BYTES) {
                return false;
            }
            body.writeBytes(bytes);
            return true;
        });
        return switch (end) {
            case WHOLE -> new Whole(body.toByteArray());
            case REFUSED -> new TooLarge();
            case TOO_SLOW -> new TooSlow();
            case BROKEN -> new Broken();
        };
    }
}
