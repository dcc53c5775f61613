package io.greenfinch.simulator.phone;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** What a phone remembers: of so many things those that it needed last. Guarded by the world's lock. */
final class RecentMap<K, V> {

    private final int most;
    private final LinkedHashMap<K, V> entries = new LinkedHashMap<>(16, 0.75f, true);

    RecentMap(int most) {
        this.most = most;
    }

    Optional<V> get(K key) {
        return Optional.ofNullable(entries.get(key));
    }

    V get(K key, Supplier<V> absent) {
        V found = entries.get(key);
        if (found == null) {
            found = absent.get();
            put(key, found);
        }
        return found;
    }

    void put(K key, V value) {
        entries.put(key, value);
        if (entries.size() > most) {
            entries.pollFirstEntry();
        }
    }

    /** All of them; a copy. */
    List<V> values() {
        return List.copyOf(entries.values());
    }

    void remove(K key) {
        entries.remove(key);
    }

    void removeIf(Predicate<Map.Entry<K, V>> condition) {
        entries.entrySet().removeIf(condition);
    }
}
