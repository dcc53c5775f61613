package io.greenfinch.app.cli;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The terminal that standard output goes to. {@code System.console()} would not do: it asks for standard input as well. */
public final class Terminal {

    private static final Logger LOG = LoggerFactory.getLogger(Terminal.class);
    private static final long PATIENCE_SECONDS = 5;

    private Terminal() {}

    /** How many lines and columns it has. */
    public record Size(int rows, int columns) {

        /** Where nobody knows. */
        static final Size USUAL = new Size(24, 80);
    }

    /** Whether standard output is a terminal at all. */
    public static boolean attached() {
        return run(new ProcessBuilder("test", "-t", "1").redirectOutput(ProcessBuilder.Redirect.INHERIT))
                .isPresent();
    }

    /** Its present size. */
    public static Size size() {
        return run(new ProcessBuilder("stty", "size").redirectInput(new File("/dev/tty")))
                .map(String::strip)
                .filter(text -> text.matches("[1-9][0-9]{0,3} [1-9][0-9]{0,3}"))
                .map(text -> text.split(" ", 2))
                .map(size -> new Size(Integer.parseInt(size[0]), Integer.parseInt(size[1])))
                .orElse(Size.USUAL);
    }

    /** What a program of the system printed; empty when it failed, or is not there. */
    private static Optional<String> run(ProcessBuilder program) {
        try {
            Process process =
                    program.redirectError(ProcessBuilder.Redirect.DISCARD).start();
            try (InputStream output = process.getInputStream()) {
                String text = new String(output.readAllBytes(), StandardCharsets.US_ASCII);
                boolean well = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
                return well ? Optional.of(text) : Optional.empty();
            }
        } catch (IOException e) {
            LOG.debug("the terminal can't be asked", e);
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
