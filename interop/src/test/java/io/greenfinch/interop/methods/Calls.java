package io.greenfinch.interop.methods;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** How methods are called once each, by name, in an order in which each finds what it needs. For one thread. */
final class Calls {

    private final Map<String, Consumer<RandomGenerator>> all = new LinkedHashMap<>();

    Calls with(String method, Consumer<RandomGenerator> call) {
        if (all.put(method, call) != null) {
            throw new IllegalArgumentException(method + " is called in two ways");
        }
        return this;
    }

    Calls with(Calls others) {
        others.all.forEach(this::with);
        return this;
    }

    Set<String> names() {
        return all.keySet();
    }

    void call(String method, RandomGenerator random) {
        Objects.requireNonNull(all.get(method), method).accept(random);
    }
}
