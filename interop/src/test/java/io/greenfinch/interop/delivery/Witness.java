package io.greenfinch.interop.delivery;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What one phone showed, one outbox told or one journal has, lane by lane, in the order in which it was. Thread-safe. */
final class Witness {

    final String name;
    private final Map<String, List<Sighting>> lanes = new HashMap<>();
    private final Queue<String> strange = new ConcurrentLinkedQueue<>();

    Witness(String name) {
        this.name = name;
    }

    /** Something that is no text of any lane is remembered as strange. */
    synchronized void saw(String text, String id, String chat) {
        String[] words = text.split(" ", 3);
        if (words.length < 3 || !words[1].matches("[0-9]{1,9}")) {
            strange.add("%s: %s under %s in %s".formatted(name, text, id, chat));
            return;
        }
        lanes.computeIfAbsent(words[0], key -> new ArrayList<>()).add(new Sighting(Long.parseLong(words[1]), id, chat));
    }

    /** The texts of a lane; a copy. */
    synchronized List<Sighting> of(Lane lane) {
        return List.copyOf(lanes.getOrDefault(lane.name, List.of()));
    }

    /** What was no text of anybody, such as a placeholder of what could not be read. */
    Queue<String> strange() {
        return strange;
    }
}
