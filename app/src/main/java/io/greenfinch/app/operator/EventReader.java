package io.greenfinch.app.operator;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Reads server-sent events from a stream of bytes (WHATWG HTML, server-sent events), as far as gateways use them: lines end with
 * LF or CRLF. Not thread-safe; blocks while nothing comes.
 */
final class EventReader {

    /** Of one event. */
    private static final int MAX_BYTES = 8 * 1024 * 1024;

    private final InputStream in;
    private final AtomicBoolean heard = new AtomicBoolean();
    private String lastId = "";

    EventReader(InputStream in) {
        this.in = new BufferedInputStream(in);
    }

    /** The id that was told last, with an event or alone; empty at first. */
    String lastId() {
        return lastId;
    }

    /** Whether anything has come since this was asked last, comments included; from any thread. */
    boolean heard() {
        return heard.getAndSet(false);
    }

    /**
     * An event.
     *
     * @param id empty where it has none
     * @param kind {@code message} where it has none
     */
    record Event(String id, String kind, String data) {}

    /**
     * The next event with data; empty at the end of the stream, where what is not complete is dropped.
     *
     * @throws IOException when the stream fails, or an event is longer than 8 MiB
     */
    Optional<Event> next() throws IOException {
        String id = "";
        String kind = "message";
        StringBuilder data = new StringBuilder();
        while (true) {
            Optional<String> line = line(MAX_BYTES - data.length());
            if (line.isEmpty()) {
                return Optional.empty();
            }
            String text = line.get();
            if (text.isEmpty()) {
                if (!data.isEmpty()) {
                    return Optional.of(new Event(id, kind, data.substring(0, data.length() - 1)));
                }
                id = "";
                kind = "message";
                continue;
            }
            int colon = text.indexOf(':');
            String field = colon < 0 ? text : text.substring(0, colon);
            String value = colon < 0 ? "" : text.substring(colon + 1).replaceFirst("^ ", "");
            switch (field) {
                case "id" -> {
                    id = value;
                    lastId = value;
                }
                case "event" -> kind = value;
                case "data" -> data.append(value).append('\n');
                default -> {
                    // a comment, an empty line, or a field of later versions
                }
            }
        }
    }

    /** No event is so long. */
    static final class TooLongException extends IOException {
        private static final long serialVersionUID = 1L;

        TooLongException() {
            super("an event is too long");
        }
    }

    private Optional<String> line(int limit) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0; next = in.read()) {
            if (next == '\n') {
                heard.set(true);
                String text = bytes.toString(StandardCharsets.UTF_8);
                return Optional.of(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
            }
            if (bytes.size() >= limit) {
                throw new TooLongException();
            }
            bytes.write(next);
        }
        return Optional.empty();
    }
}
