package io.greenfinch.app.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.greenfinch.app.operator.EventReader.Event;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EventReaderTest {

    @Test
    void eventsAreReadAndCommentsPassedOver() throws IOException {
        assertThat(
                        read(
                                ": ping\n\nid: 7\nevent: notification\ndata: {\"a\":1}\n\n:\n\nid:8\r\ndata:one\r\ndata: two\r\n\r\n"))
                .containsExactly(new Event("7", "notification", "{\"a\":1}"), new Event("8", "message", "one\ntwo"));
    }

    @Test
    void whatIsNotCompleteIsDropped() throws IOException {
        assertThat(read("id: 7\ndata: a\n\nid: 8\ndata: b\n")).containsExactly(new Event("7", "message", "a"));
        assertThat(read("id: 7\ndata: a")).isEmpty();
        assertThat(read("")).isEmpty();
    }

    @Test
    void anEventWithoutEndIsRefused() {
        byte[] endless = "data: ".concat("x".repeat(9 << 20)).getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> new EventReader(new ByteArrayInputStream(endless)).next())
                .isInstanceOf(IOException.class)
                .hasMessage("an event is too long");
        byte[] many = "data: 0123456789012345678901234567890\n".repeat(300_000).getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> new EventReader(new ByteArrayInputStream(many)).next())
                .isInstanceOf(IOException.class);
    }

    /** Against another reading of the same: events are what stands between empty lines. */
    @Test
    void anyEventsAreReadAsTheyWereWritten() throws IOException {
        Random random = new Random(20261129);
        String[] parts = {
            "data: ", "data:", "id: ", "event: ", ": ", "retry: ", "data", "x", "é", ":", " ", "\n", "\r\n", "\n\n"
        };
        int read = 0;
        for (int round = 0; round < 5_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(60); i > 0; i--) {
                text.append(parts[random.nextInt(parts.length)]);
            }
            List<Event> events = read(text.toString());
            assertThat(events).as(text.toString()).isEqualTo(expected(text.toString()));
            read += events.size();
        }
        assertThat(read).isGreaterThan(1_000);
    }

    private static List<Event> expected(String text) {
        List<Event> events = new ArrayList<>();
        String id = "";
        String kind = "message";
        List<String> data = new ArrayList<>();
        String[] lines = text.split("\n", -1);
        for (int i = 0; i + 1 < lines.length; i++) {
            String line = lines[i].replaceFirst("\r$", "");
            String[] field = line.split(":", 2);
            String value = field.length < 2 ? "" : field[1].startsWith(" ") ? field[1].substring(1) : field[1];
            if (line.isEmpty()) {
                if (!data.isEmpty()) {
                    events.add(new Event(id, kind, String.join("\n", data)));
                }
                id = "";
                kind = "message";
                data.clear();
            } else if (field[0].equals("id")) {
                id = value;
            } else if (field[0].equals("event")) {
                kind = value;
            } else if (field[0].equals("data")) {
                data.add(value);
            }
        }
        return events;
    }

    private static List<Event> read(String text) throws IOException {
        EventReader reader = new EventReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        List<Event> events = new ArrayList<>();
        for (Optional<Event> event = reader.next(); event.isPresent(); event = reader.next()) {
            events.add(event.get());
        }
        return events;
    }
}
