package io.greenfinch.app.rehearsal;

import io.greenfinch.app.Main;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The simulated WhatsApp of a rehearsal, in a process of its own: what it needs is not noted. */
final class RehearsedWhatsApp implements AutoCloseable {

    private final Process process;
    private final Map<String, String> values = new HashMap<>();

    private RehearsedWhatsApp(Process process) {
        this.process = process;
    }

    /** Starts it, and blocks until it is ready. */
    static RehearsedWhatsApp start() throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(
                        java,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "simulator",
                        "--simulator-listen",
                        "127.0.0.1:0")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        RehearsedWhatsApp started = new RehearsedWhatsApp(process);
        started.awaitReady();
        return started;
    }

    private void awaitReady() throws IOException {
        BufferedReader lines = process.inputReader();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.equals("ready")) {
                return;
            }
            String[] parts = line.strip().split(" {2,}", 2);
            if (parts.length == 2) {
                values.put(parts[0], parts[1]);
            }
        }
        throw new IOException("the simulated WhatsApp ended before it was ready");
    }

    /** What it printed under a name. */
    String value(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalStateException("the simulated WhatsApp printed no " + name);
        }
        return value;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
