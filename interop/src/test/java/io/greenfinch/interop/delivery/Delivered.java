package io.greenfinch.interop.delivery;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;

/** What a witness has seen of a lane against what was taken there: each once, under its id, in its chat, in order. */
final class Delivered {

    /** Examples are enough. */
    private static final int TOLD = 5;

    private Delivered() {}

    /** Those that are still to come. */
    static List<Long> missing(SortedMap<Long, Lane.Taken> expected, List<Sighting> seen) {
        Set<Long> numbers = new HashSet<>();
        seen.forEach(sighting -> numbers.add(sighting.number()));
        return expected.keySet().stream()
                .filter(number -> !numbers.contains(number))
                .toList();
    }

    /**
     * Every difference, as a sentence.
     *
     * @param expected what must be there
     * @param allowed what may be there
     * @param chat what the witness calls the correspondence
     */
    static List<String> differences(
            String name, SortedMap<Long, Lane.Taken> expected, Set<Long> allowed, List<Sighting> seen, String chat) {
        List<String> found = new ArrayList<>();
        List<Long> missing = missing(expected, seen);
        if (!missing.isEmpty()) {
            found.add("%s: %d missing of %d: %s"
                    .formatted(name, missing.size(), expected.size(), describe(expected, missing)));
        }
        Set<Long> numbers = new HashSet<>();
        Set<String> ids = new HashSet<>();
        long last = 0;
        for (Sighting sighting : seen) {
            long number = sighting.number();
            if (!numbers.add(number)) {
                found.add("%s: number %d twice, once as %s".formatted(name, number, sighting.id()));
            } else if (number < last) {
                found.add("%s: number %d (%s) after %d".formatted(name, number, sighting.id(), last));
            }
            if (!ids.add(sighting.id())) {
                found.add("%s: id %s twice, once with number %d".formatted(name, sighting.id(), number));
            }
            Lane.Taken taken = expected.get(number);
            if (taken == null && !allowed.contains(number)) {
                found.add("%s: number %d (%s), which was not taken".formatted(name, number, sighting.id()));
            } else if (taken != null && !taken.id().equals(sighting.id())) {
                found.add("%s: number %d as %s, taken as %s".formatted(name, number, sighting.id(), taken.id()));
            }
            if (!sighting.chat().equals(chat)) {
                found.add("%s: number %d in %s instead of %s".formatted(name, number, sighting.chat(), chat));
            }
            last = Math.max(last, number);
        }
        return found;
    }

    private static String describe(Map<Long, Lane.Taken> expected, List<Long> missing) {
        return missing.stream()
                .limit(TOLD)
                .map(number -> number + " ("
                        + Objects.requireNonNull(expected.get(number)).id() + ")")
                .toList()
                .toString();
    }
}
