package io.greenfinch.gateway.store;

import io.greenfinch.client.store.StoreException;
import io.greenfinch.client.store.UnknownOutcomeException;
import io.greenfinch.client.time.Deadline;
import io.greenfinch.client.time.Timers;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** A database behind JDBC: one thread that writes, a few that read (design 4.6). Thread-safe. */
final class JdbcDatabase implements Database {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final WriterThread writer;
    private final ReaderThreads readers;
    private final WriteProbe probe;
    private final Clock clock;
    private final Timers timers;
    private final Runnable written;

    /**
     * A database that is migrated already.
     *
     * @param source where connections come from
     * @param trouble whether a failure is the database's and not the unit's: then it is worth another attempt
     * @param written runs at the end, once everything is written and before the last connection is closed
     */
    JdbcDatabase(Handle.Source source, Predicate<Throwable> trouble, Clock clock, Timers timers, Runnable written) {
        this.written = written;
        this.clock = clock;
        this.timers = timers;
        readers = new ReaderThreads(source, trouble);
        writer = new WriterThread(source, trouble, clock, timers);
        probe = new WriteProbe(writer);
    }

    @Override
    public <T> CompletableFuture<T> write(Work<T> work) {
        return writer.submit(new WriteUnit<>(work)).done();
    }

    @Override
    public <T> T writeNow(Work<T> work) {
        WriteUnit<T> unit = new WriteUnit<>(work);
        if (writer.crowded()) {
            throw new StoreException("the store is overloaded: " + writer.backlog() + " units are waiting");
        }
        CompletableFuture<Supplier<T>> outcome = writer.hurry(unit).outcome();
        return Deadline.await(outcome, clock.instant().plus(PATIENCE), timers, () -> late(unit))
                .get();
    }

    private static <T> T late(WriteUnit<T> unit) {
        if (unit.withdraw()) {
            throw new StoreException("not stored in time: the store is slow or in trouble");
        }
        if (unit.outcome().isDone()) {
            return unit.outcome().join().get();
        }
        throw new UnknownOutcomeException("nothing was heard from the store in time", unit.done());
    }

    @Override
    public <T> T read(Work<T> query) {
        return readers.read(query);
    }

    @Override
    public int backlog() {
        return writer.backlog();
    }

    @Override
    public boolean healthy() {
        try {
            return writer.well() && probe.succeeds() && readers.read(handle -> handle.number("SELECT 1") == 1);
        } catch (StoreException e) {
            return false;
        }
    }

    @Override
    public void close() {
        if (writer.end()) {
            written.run();
        }
        readers.close();
    }
}
