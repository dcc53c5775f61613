package io.greenfinch.gateway.console;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.time.Duration;

/** What is told of the process. Thread-safe. */
public record NodeFacts(MeterRegistry registry) {

    /** The version of the gateway's jar. */
    String version() {
        String version = NodeFacts.class.getPackage().getImplementationVersion();
        return version == null ? "–" : version;
    }

    String java() {
        return Runtime.version().toString();
    }

    Duration uptime() {
        return Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime());
    }

    /** Bytes of the heap that are taken from the system. */
    long heap() {
        MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        return heap.getCommitted();
    }

    /** Bytes of it that hold something. */
    long heapUsed() {
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** Requests answered since the start. */
    long requests() {
        return registry.find("greenfinch.http.requests").timers().stream()
                .mapToLong(Timer::count)
                .sum();
    }

    /** Notifications that came into outboxes since the start. */
    long notifications() {
        return (long) registry.find("greenfinch.outbox.added").counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }
}
