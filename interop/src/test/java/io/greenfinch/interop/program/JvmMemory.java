package io.greenfinch.interop.program;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.function.Predicate;

/** What a running JVM of the same version tells of its memory, asked by {@code jcmd}. */
public record JvmMemory(long pid) {

    /** Bytes of the heap that can be reached; collects for it. */
    public long reachableBytes() {
        return Long.parseLong(line("GC.class_histogram", line -> line.startsWith("Total"))
                .strip()
                .split("\\s+")[2]);
    }

    /** How many classes are loaded now, those that the JVM makes by itself left out, whose number is not the same each time. */
    public int loadedClasses() {
        return Integer.parseInt(line("PerfCounter.print", line -> line.startsWith("java.cls.loadedClasses="))
                        .split("=")[1])
                + Integer.parseInt(line("PerfCounter.print", line -> line.startsWith("java.cls.sharedLoadedClasses="))
                        .split("=")[1]);
    }

    private String line(String command, Predicate<String> wanted) {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        try {
            Process process = new ProcessBuilder(jcmd.toString(), Long.toString(pid), command)
                    .redirectErrorStream(true)
                    .start();
            try (BufferedReader lines = process.inputReader()) {
                return lines.lines()
                        .filter(wanted)
                        .findFirst()
                        .orElseThrow(() -> new AssertionError(command + " does not tell it"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
