package io.greenfinch.interop.program;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The built app, started as users start it: {@code ./greenfinch} and a command, on free ports. Starting returns after the line
 * {@code ready}. Thread-safe; {@link #close} kills it.
 */
public final class AppProcess implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final AtomicInteger NUMBERS = new AtomicInteger();
    /** How long a start, or its refusal, may take on a busy machine. */
    public static final Duration START = Duration.ofSeconds(60);

    /** A graceful stop takes 10 s at most (design §7); the rest is for a busy machine. */
    private static final Duration STOP = Duration.ofSeconds(15);

    private final Program<String> program;

    private AppProcess(Program<String> program) {
        this.program = program;
    }

    /** What the app is started by. */
    public static Path script() {
        return Launcher.script();
    }

    /** Starts any command and returns at once, whether it will ever be ready or not. */
    public static AppProcess run(List<String> arguments, Map<String, String> environment) {
        List<String> command = new ArrayList<>();
        command.add(Launcher.script().toString());
        command.addAll(arguments);
        Path log = Checkout.folder()
                .resolve("interop/target/apps/%d-%02d-%s.log"
                        .formatted(ProcessHandle.current().pid(), NUMBERS.incrementAndGet(), arguments.getFirst()));
        return new AppProcess(Program.start(command, environment, log, line -> line));
    }

    /** Starts a command and waits until it is ready. */
    public static AppProcess start(String... arguments) {
        AppProcess app = run(List.of(arguments), Map.of());
        try {
            app.awaitReady();
            return app;
        } catch (AssertionError e) {
            app.close();
            throw e;
        }
    }

    /** A sandbox with its data in a folder; what it is made of stands in {@link #sandboxFile}. */
    public static AppProcess sandbox(Path data, String... more) {
        return start(with(
                more,
                "sandbox",
                "--data",
                data.toString(),
                "--listen",
                "127.0.0.1:0",
                "--simulator-listen",
                "127.0.0.1:0"));
    }

    /** A simulator alone; {@link #value} finds its address ({@code Simulator}) and its root key ({@code Root key}). */
    public static AppProcess simulator(String... more) {
        return start(with(more, "simulator", "--simulator-listen", "127.0.0.1:0"));
    }

    /** A gateway with its data in a folder, linked to the service at a chat socket with a root key. */
    public static AppProcess serve(Path data, String chatUrl, String rootKey, String... more) {
        return start(serveCommand(data, chatUrl, rootKey, more));
    }

    /** The same, without waiting until it is ready. */
    public static AppProcess serving(Path data, String chatUrl, String rootKey, String... more) {
        return run(List.of(serveCommand(data, chatUrl, rootKey, more)), Map.of());
    }

    private static String[] serveCommand(Path data, String chatUrl, String rootKey, String... more) {
        return with(
                more,
                "serve",
                "--data",
                data.toString(),
                "--listen",
                "127.0.0.1:0",
                "--whatsapp-url",
                chatUrl,
                "--whatsapp-root-key",
                rootKey);
    }

    /** What a sandbox wrote about itself (design §7). */
    public static JsonNode sandboxFile(Path data) {
        try {
            return JSON.readTree(Files.readString(data.resolve("sandbox.json")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for the line {@code ready}. */
    public void awaitReady() {
        awaitLine("ready"::equals, START);
    }

    /** Waits for a line of standard output, now or earlier, and returns it. */
    public String awaitLine(Predicate<String> condition, Duration deadline) {
        return program.await("a line", lines -> lines.filter(condition).findFirst(), deadline);
    }

    /** What the app printed beside a label at the start of a line, for instance {@code Simulator   http://…}. */
    public String value(String label) {
        String line = awaitLine(each -> each.startsWith(label + "  "), Duration.ZERO);
        return line.substring(label.length()).strip();
    }

    /** All lines of standard output, once it has ended. */
    public List<String> allLines() {
        return program.outputToItsEnd(STOP);
    }

    /** Lines of standard output so far. */
    public List<String> lines() {
        return program.output();
    }

    /** Standard error so far. */
    public String errors() {
        return program.errors();
    }

    public long pid() {
        return program.pid();
    }

    /** Ends it as {@code kill -9} does and returns when it is gone. */
    public void kill() {
        program.kill();
    }

    /** Ends it as {@code kill} does, within the time allowed for a graceful stop, and returns the exit code. */
    public int stop() {
        program.terminate();
        return program.awaitExit(STOP);
    }

    /** Waits for it to end by itself and returns the exit code. */
    public int awaitExit(Duration deadline) {
        return program.awaitExit(deadline);
    }

    @Override
    public void close() {
        program.close();
    }

    private static String[] with(String[] more, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }
}
