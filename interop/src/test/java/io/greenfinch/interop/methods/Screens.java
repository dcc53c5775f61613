package io.greenfinch.interop.methods;

import io.greenfinch.interop.service.Person;
import io.greenfinch.simulator.phone.DisplayedText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What phones have shown of messages, each phone in its order. Thread-safe. */
final class Screens {

    private final Map<String, Screen> screens = new ConcurrentHashMap<>();

    /** What one phone showed. Thread-safe. */
    static final class Screen {
        private final Map<String, DisplayedText> shown = new LinkedHashMap<>();
        private final List<String> again = new ArrayList<>();

        private synchronized void show(String id, DisplayedText text) {
            if (shown.putIfAbsent(id, text) != null) {
                again.add(id);
            }
        }

        /** Whether it shows a message, as what it is and in its chat: a group, or nothing for a chat of two. */
        synchronized boolean shows(SentMessage message, String group) {
            DisplayedText text = shown.get(message.id());
            return text != null
                    && message.isShownAs(text.text())
                    && text.group().orElse("").equals(group);
        }

        synchronized boolean has(String id) {
            return shown.containsKey(id);
        }

        /** The ids of what one person wrote in a chat, in the order in which they were shown; a copy. */
        synchronized List<String> from(Person author, String group) {
            return shown.entrySet().stream()
                    .filter(each -> each.getValue().from().orElse("").equals(author.name())
                            && each.getValue().group().orElse("").equals(group))
                    .map(Map.Entry::getKey)
                    .toList();
        }

        /** What it showed twice; a copy. */
        synchronized List<String> again() {
            return List.copyOf(again);
        }

        synchronized String text(String id) {
            DisplayedText text = shown.get(id);
            return text == null ? "" : text.text();
        }
    }

    /** A phone has shown something. */
    void show(DisplayedText text) {
        text.id().ifPresent(id -> of(text.person()).show(id, text));
    }

    Screen of(Person person) {
        return of(person.name());
    }

    private Screen of(String name) {
        return screens.computeIfAbsent(name, _ -> new Screen());
    }
}
