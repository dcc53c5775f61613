package io.greenfinch.interop.methods;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** How often each method was answered what, and which answers were untrue. Thread-safe. */
final class Report {

    /** Examples are enough. */
    private static final int TOLD = 200;

    private final long seed;
    private final Map<String, Integer> answers = new ConcurrentHashMap<>();
    private final Queue<String> untruths = new ConcurrentLinkedQueue<>();

    Report(long seed) {
        this.seed = seed;
    }

    void answered(String method, Told told) {
        answers.merge(method + " " + told, 1, Integer::sum);
    }

    /** Something that was told is not so. */
    void untrue(String instance, String method, String what) {
        untruths.add("seed %d, %s, %s: %s".formatted(seed, instance, method, what));
    }

    /** How often each answer was given, by method. */
    Map<String, Integer> answers() {
        return new TreeMap<>(answers);
    }

    /** How often a method succeeded, whatever its flags said. */
    int successes(String method) {
        return answers.entrySet().stream()
                .filter(answer -> answer.getKey().startsWith(method + " 200"))
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    int calls() {
        return answers.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** What was untrue, so much of it as is of use. */
    List<String> untruths() {
        return untruths.stream().limit(TOLD).toList();
    }
}
