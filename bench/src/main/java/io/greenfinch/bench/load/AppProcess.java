package io.greenfinch.bench.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One process of the app, started by the script as users start it. Lines of the form {@code name  value} are kept until it is ready. */
final class AppProcess implements AutoCloseable {

    private static final long MILLIS_PER_TICK = 10;
    private static final Duration START = Duration.ofMinutes(2);

    private final Process process;
    private final long startedNanos = System.nanoTime();
    private final Map<String, String> values = new HashMap<>();
    private volatile boolean closed;
    private final CountDownLatch ready = new CountDownLatch(1);

    private AppProcess(Process process) {
        this.process = process;
        // No virtual thread: a read from a pipe pins its carrier, and two of them would be all carriers of two cores.
        Thread.ofPlatform().daemon().name("output-" + process.pid()).start(this::read);
    }

    /** Starts a command and waits for its line {@code ready}. */
    static AppProcess start(Path launcher, Path log, String... arguments) throws IOException, InterruptedException {
        return start(List.of(launcher.toString()), log, arguments);
    }

    /** The same of another program. */
    static AppProcess start(List<String> program, Path log, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(program);
        command.addAll(List.of(arguments));
        AppProcess started = new AppProcess(
                new ProcessBuilder(command).redirectError(log.toFile()).start());
        if (!started.ready.await(START.toSeconds(), TimeUnit.SECONDS)) {
            started.close();
            throw new IllegalStateException(command + " was not ready in time, see " + log);
        }
        return started;
    }

    private void read() {
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.equals("ready")) {
                    ready.countDown();
                } else if (ready.getCount() > 0) {
                    String[] parts = line.strip().split("\\s{2,}", 2);
                    if (parts.length == 2) {
                        values.put(parts[0], parts[1]);
                    }
                }
            }
        } catch (IOException e) {
            if (!closed) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** A value that the process printed before it was ready. */
    String value(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalStateException("the process printed no " + name);
        }
        return value;
    }

    /** Since the process was started. */
    Duration age() {
        return Duration.ofNanos(System.nanoTime() - startedNanos);
    }

    /** Processor time that it has used so far, in seconds. */
    double processorSeconds() {
        return process.toHandle()
                        .info()
                        .totalCpuDuration()
                        .orElseThrow(() -> new IllegalStateException("this system tells no processor times"))
                        .toMillis()
                / 1000.0;
    }

    /** What its threads have used of the processors so far, by kind: compilers and collectors beside what the program does. */
    void printThreads() throws IOException {
        Map<String, Long> millis = new TreeMap<>();
        Path tasks = Path.of("/proc", Long.toString(process.pid()), "task");
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(tasks)) {
            for (Path thread : threads) {
                String stat;
                try {
                    stat = Files.readString(thread.resolve("stat"));
                } catch (IOException e) {
                    continue; // it has ended since
                }
                String name = stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
                String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
                long ticks = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
                millis.merge(name.replaceAll("(?<=..)[-#0-9]+.*$", ""), ticks * MILLIS_PER_TICK, Long::sum);
            }
        }
        millis.values().removeIf(used -> used == 0);
        System.out.println("processor time by threads, ms: " + millis);
    }

    /** Bytes of the heap that are reachable. */
    long reachableBytes() throws IOException, InterruptedException {
        Process histogram = jcmd("GC.class_histogram").start();
        try (BufferedReader lines = histogram.inputReader()) {
            return lines.lines()
                    .filter(line -> line.startsWith("Total"))
                    .map(line -> line.strip().split("\\s+")[2])
                    .mapToLong(Long::parseLong)
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("there is no histogram"));
        }
    }

    private ProcessBuilder jcmd(String command) {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        return new ProcessBuilder(jcmd.toString(), Long.toString(process.pid()), command).redirectErrorStream(true);
    }

    /** Resident memory in KiB after a full collection. */
    long residentKibAfterCollection() throws IOException, InterruptedException {
        for (int i = 0; i < 3; i++) {
            jcmd("GC.run")
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        }
        return residentKib();
    }

    /** Resident memory in KiB. */
    long residentKib() throws IOException {
        return status("VmRSS");
    }

    /** The most that it was, in KiB, since the process was started. */
    long mostResidentKib() throws IOException {
        return status("VmHWM");
    }

    private long status(String name) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
            if (line.startsWith(name + ":")) {
                return Long.parseLong(line.replaceAll("[^0-9]", ""));
            }
        }
        throw new IllegalStateException("this system tells no " + name);
    }

    @Override
    public void close() {
        closed = true;
        process.destroy();
        try {
            if (process.waitFor(15, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }
}
