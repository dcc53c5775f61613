package io.greenfinch.gateway.instance;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongConsumer;

/**
 * The settings of all living instances, for those who work for an instance without a caller. Thread-safe; never blocks.
 */
public final class SettingsBook {

    private final Map<Long, InstanceSettings> settings = new ConcurrentHashMap<>();
    private final List<LongConsumer> listeners = new CopyOnWriteArrayList<>();

    /** Tells this listener of every instance whose settings are others from now on, or are no more. It must be short. */
    public void listen(LongConsumer listener) {
        listeners.add(listener);
    }

    /** Empty for an instance that is deleted, or damaged. */
    public Optional<InstanceSettings> find(long instance) {
        return Optional.ofNullable(settings.get(instance));
    }

    void put(long instance, InstanceSettings current) {
        settings.put(instance, current);
        listeners.forEach(listener -> listener.accept(instance));
    }

    void remove(long instance) {
        settings.remove(instance);
        listeners.forEach(listener -> listener.accept(instance));
    }
}
