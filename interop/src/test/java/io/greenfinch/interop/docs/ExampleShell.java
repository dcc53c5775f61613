package io.greenfinch.interop.docs;

import io.greenfinch.interop.program.Program;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;

/**
 * A shell in a folder in which examples find the files that they name. Variables that one sets, the next one has. {@code curl} fails at
 * what is no success, and {@code jq} is there, if need be by Node.js. For one thread.
 */
final class ExampleShell {
    private static final Duration DEADLINE = Duration.ofMinutes(2);

    private static final String CURL = """
            silent
            show-error
            fail-with-body
            max-time = 40
            write-out = "\\n"
            """;

    /** As far as the examples use it: {@code jq -r .name.name}. */
    private static final String JQ = """
            #!/bin/sh
            exec node -p 'process.argv[1].slice(1).split(".").reduce((at, name) => at[name], JSON.parse(fs.readFileSync(0)))' "$2"
            """;

    private final Path folder;
    private final Map<String, String> environment;

    ExampleShell(Path folder, Map<String, String> variables) {
        this.folder = folder;
        environment = new HashMap<>(variables);
        environment.put("CURL_HOME", folder.toString());
        // Compiling an example is most of what it takes.
        environment.put("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
        environment.put(
                "PATH", "%s/bin:%s:%s".formatted(System.getProperty("java.home"), System.getenv("PATH"), folder));
        write("variables", "");
        write(".curlrc", CURL);
        write("jq", JQ);
        write("report.pdf", "%PDF-1.4");
        write("hello.ogg", "OggS");
        try {
            Files.setPosixFilePermissions(folder.resolve("jq"), PosixFilePermissions.fromString("rwx------"));
            ImageIO.write(
                    new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB),
                    "jpg",
                    folder.resolve("cat.jpg").toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a command succeeds. */
    boolean succeeds(String command) {
        try (Program<String> program = start(command)) {
            return program.awaitExit(DEADLINE) == 0;
        }
    }

    /** Runs an example, which has to succeed; returns what it printed. */
    List<String> run(Example example) {
        String command = example.text();
        if (!example.language().command.isEmpty()) {
            command = example.language().command;
            write(command.substring(command.indexOf(' ') + 1), example.text());
        }
        return run(command);
    }

    /** Runs commands, which have to succeed; returns what they printed. */
    List<String> run(String commands) {
        try (Program<String> program = start(commands)) {
            if (program.awaitExit(DEADLINE) != 0) {
                throw program.failure("failed: " + commands);
            }
            return program.outputToItsEnd(DEADLINE).stream()
                    .filter(line -> !line.isBlank())
                    .toList();
        }
    }

    private Program<String> start(String commands) {
        String script = "cd '%s'; set -ae; . ./variables; %s\nexport -p >variables".formatted(folder, commands);
        return Program.start(List.of("sh", "-c", script), environment, folder.resolve("errors"), line -> line);
    }

    private void write(String name, String text) {
        try {
            Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
