package io.greenfinch.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A row of green-api.md §3, out of {@code documented-methods.txt}, which says what the columns mean.
 *
 * @param call body, query or segment, in which names in braces stand for what only a run knows
 * @param told where in the answer of a success something has to be; empty where that need not be
 */
record DocumentedMethod(
        int number,
        String name,
        String verb,
        String section,
        Set<String> how,
        String call,
        List<String> mandatory,
        String told) {

    /** All of them, in the order of the file. */
    static List<DocumentedMethod> all() {
        try (InputStream file =
                Objects.requireNonNull(DocumentedMethod.class.getResourceAsStream("documented-methods.txt"))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(DocumentedMethod::of)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static DocumentedMethod of(String line) {
        String[] cells = line.split("\\|", -1);
        return new DocumentedMethod(
                Integer.parseInt(cells[0].strip()),
                cells[1].strip(),
                cells[2].strip(),
                cells[3].strip(),
                Set.copyOf(words(cells[4])),
                cells[5].strip(),
                words(cells[6]),
                cells[7].strip());
    }

    private static List<String> words(String cell) {
        return Arrays.stream(cell.strip().split(" "))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    boolean is(String word) {
        return how.contains(word);
    }

    /** Whether its parameters come as JSON. */
    boolean hasBody() {
        return call.startsWith("{");
    }

    /** The call with what a run knows. */
    String with(Map<String, String> known) {
        String filled = call;
        for (Map.Entry<String, String> entry : known.entrySet()) {
            filled = filled.replace("{" + entry.getKey() + "}", entry.getValue());
        }
        return filled;
    }

    @Override
    public String toString() {
        return "§" + section + " " + name;
    }
}
