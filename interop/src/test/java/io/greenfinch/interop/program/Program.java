package io.greenfinch.interop.program;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A process that is talked to by lines: what it wrote to standard output so far can be waited for, its standard error
 * goes to a file. A wait that ends in vain is an {@link AssertionError} with the end of both. Thread-safe;
 * {@link #close} kills the process.
 *
 * @param <T> what a line of its output is read as
 */
public final class Program<T> implements AutoCloseable {
    private static final int LINES_IN_FAILURES = 60;

    private final Process process;
    private final Path errors;
    private final Writer input;
    private final List<T> output = new ArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean ended;
    private @Nullable String unreadable;

    private Program(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
        this.input = process.outputWriter(StandardCharsets.UTF_8);
    }

    /**
     * Starts a program.
     *
     * @param environment variables to set beside ours
     * @param errors file that standard error is written to; overwritten
     * @param reading reads a line of standard output
     */
    public static <T> Program<T> start(
            List<String> command, Map<String, String> environment, Path errors, Function<String, T> reading) {
        try {
            Files.createDirectories(errors.toAbsolutePath().getParent());
            ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
            builder.environment().putAll(environment);
            Program<T> program = new Program<>(builder.start(), errors);
            // No virtual thread: a read from a pipe pins its carrier.
            Thread.ofPlatform().daemon().name("output-" + program.pid()).start(() -> program.read(reading));
            return program;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + command.getFirst(), e);
        }
    }

    public long pid() {
        return process.pid();
    }

    /** Writes a line to the program's standard input. */
    public void write(String line) {
        lock.lock();
        try {
            input.write(line + "\n");
            input.flush();
        } catch (IOException e) {
            throw failure("the program takes no input any more", e);
        } finally {
            lock.unlock();
        }
    }

    /** Waits until something can be found in what was written so far, oldest first. */
    public <R> R await(String what, Function<Stream<T>, Optional<R>> search, Duration deadline) {
        long left = deadline.toNanos();
        lock.lock();
        try {
            while (true) {
                Optional<R> found = search.apply(output.stream());
                if (found.isPresent()) {
                    return found.get();
                }
                if (unreadable != null) {
                    throw failure("no line that can be read came before %s: %s".formatted(what, unreadable));
                }
                if (ended) {
                    throw failure("the program ended before " + what);
                }
                if (left <= 0) {
                    throw failure("not seen within %s: %s".formatted(deadline, what));
                }
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure("interrupted while waiting for " + what, e);
        } finally {
            lock.unlock();
        }
    }

    /** What was written so far, oldest first. */
    public List<T> output() {
        lock.lock();
        try {
            return List.copyOf(output);
        } finally {
            lock.unlock();
        }
    }

    /** Waits until standard output is closed and returns all of it. */
    public List<T> outputToItsEnd(Duration deadline) {
        long left = deadline.toNanos();
        lock.lock();
        try {
            while (!ended) {
                if (left <= 0) {
                    throw failure("standard output still open after " + deadline);
                }
                left = changed.awaitNanos(left);
            }
            return List.copyOf(output);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure("interrupted while waiting for the end of output", e);
        } finally {
            lock.unlock();
        }
    }

    /** What was written to standard error so far. */
    public String errors() {
        try {
            return Files.readString(errors);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks the program to end, as {@code kill} does. */
    public void terminate() {
        process.destroy();
    }

    /** Ends the program at once, as {@code kill -9} does, and returns when it is gone. */
    public void kill() {
        // What it has started outlives it, as a shell does on a terminal of its own.
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        awaitExit(Duration.ofSeconds(10));
    }

    /** Waits for the end and returns the exit code. */
    public int awaitExit(Duration deadline) {
        return exitWithin(deadline).orElseThrow(() -> failure("still running after " + deadline));
    }

    @Override
    public void close() {
        kill();
    }

    private OptionalInt exitWithin(Duration deadline) {
        try {
            return process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)
                    ? OptionalInt.of(process.exitValue())
                    : OptionalInt.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure("interrupted while waiting for the end", e);
        }
    }

    private void read(Function<String, T> reading) {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!read(line, reading)) {
                    return;
                }
            }
        } catch (IOException e) {
            // A killed process closes the pipe; that its output ended is told below either way.
        } finally {
            end();
        }
    }

    private boolean read(String line, Function<String, T> reading) {
        try {
            add(reading.apply(line));
            return true;
        } catch (RuntimeException e) {
            lock.lock();
            try {
                unreadable = line + " (" + e.getMessage() + ")";
            } finally {
                lock.unlock();
            }
            return false;
        }
    }

    private void add(T line) {
        lock.lock();
        try {
            output.add(line);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private AssertionError failure(String what, Throwable cause) {
        AssertionError failure = failure(what);
        failure.initCause(cause);
        return failure;
    }

    /** A failure of this program, with the end of what it wrote. */
    public AssertionError failure(String what) {
        String told = last(output().stream().map(String::valueOf).toList());
        String complained = Files.exists(errors) ? last(errors().lines().toList()) : "(nothing)";
        return new AssertionError(
                "%s%nstandard output:%n%s%nstandard error (%s):%n%s".formatted(what, told, errors, complained));
    }

    private static String last(List<String> lines) {
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES_IN_FAILURES), lines.size()));
    }
}
