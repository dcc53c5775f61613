package io.greenfinch.gateway;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a gateway has opened; closing ends it all, the last one first. For one thread. */
final class OpenParts implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(OpenParts.class);

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    /** From now on this part is closed with the others. */
    <T extends AutoCloseable> T opened(T part) {
        parts.push(part);
        return part;
    }

    /** One that does not close keeps no other open. */
    @Override
    public void close() {
        while (!parts.isEmpty()) {
            AutoCloseable part = parts.pop();
            try {
                part.close();
            } catch (Exception e) {
                log.warn("A part did not close cleanly: {}", e.toString());
            }
        }
    }
}
