package io.greenfinch.simulator.snapshot;

import io.greenfinch.simulator.time.Timer;
import io.greenfinch.simulator.world.World;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes a world to its file soon after it changed, and when it is closed. Thread-safe. */
public final class SnapshotKeeper implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(SnapshotKeeper.class);

    /** Changes that come in quick succession are written together. */
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final World world;
    private final byte[] authority;
    private final SnapshotFile file;
    private final Timer timer;
    private final AtomicBoolean due = new AtomicBoolean();

    /** Keeps {@code world} in {@code file} from now on, and writes it at once. */
    public SnapshotKeeper(World world, byte[] authority, SnapshotFile file, Timer timer) {
        this.world = world;
        this.authority = authority;
        this.file = file;
        this.timer = timer;
        write();
        world.onChange(this::changed);
    }

    private void changed() {
        if (due.compareAndSet(false, true)) {
            timer.after(PAUSE, () -> {
                due.set(false);
                try {
                    write();
                } catch (SnapshotException e) {
                    log.error("the simulator's world could not be kept", e);
                }
            });
        }
    }

    private synchronized void write() {
        Snapshot snapshot = world.read(() -> Snapshot.of(authority, world));
        file.write(snapshot);
    }

    /** Writes the world a last time. */
    @Override
    public void close() {
        write();
    }
}
