package io.greenfinch.gateway.receiving;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A stream of server-sent events as a browser reads it. Thread-safe. */
final class OpenStream implements AutoCloseable {

    /** An event; comments are none. */
    record Event(String id, String kind, String data) {}

    private static final Event END = new Event("", "", "");

    private final HttpResponse<InputStream> response;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

    /** Opens one; {@code last} is what was seen last, or empty. */
    OpenStream(HttpClient http, String url, String last) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
        if (!last.isEmpty()) {
            request.header("Last-Event-ID", last);
        }
        response = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        Thread.ofVirtual().name("stream").start(this::read);
    }

    int status() {
        return response.statusCode();
    }

    String header(String name) {
        return response.headers().firstValue(name).orElse("");
    }

    private void read() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            Map<String, String> fields = new HashMap<>();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isEmpty() && fields.containsKey("data")) {
                    events.add(new Event(
                            fields.getOrDefault("id", ""), fields.getOrDefault("event", ""), fields.get("data")));
                    fields.clear();
                } else if (line.indexOf(':') > 0) {
                    String[] parts = line.split(": ?", 2);
                    fields.put(parts[0], parts[1]);
                }
            }
            events.add(END);
        } catch (IOException e) {
            events.add(END);
        }
    }

    /** The next event; fails when there is none in time, or the stream ends. */
    Event next() throws InterruptedException {
        Event event = events.poll(20, TimeUnit.SECONDS);
        assertThat(event).as("an event").isNotNull().isNotEqualTo(END);
        return event;
    }

    /** So many of one kind, others left out. */
    List<Event> next(String kind, int count) throws InterruptedException {
        List<Event> found = new ArrayList<>();
        while (found.size() < count) {
            Event event = next();
            if (event.kind().equals(kind)) {
                found.add(event);
            }
        }
        return found;
    }

    /** Whether it ends in time. */
    boolean ends() throws InterruptedException {
        Event event = events.poll(20, TimeUnit.SECONDS);
        while (event != null && !event.equals(END)) {
            event = events.poll(20, TimeUnit.SECONDS);
        }
        return END.equals(event);
    }

    @Override
    public void close() throws IOException {
        response.body().close();
    }
}
