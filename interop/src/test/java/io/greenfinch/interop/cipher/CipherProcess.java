package io.greenfinch.interop.cipher;

import io.greenfinch.interop.peer.PeerKind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** The ciphers of another client as a process (interop/README.md). One thread uses it; {@link #close} kills it. */
final class CipherProcess implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int DEADLINE_SECONDS = 120;

    private final Process process;
    private final Writer input;
    private final BlockingQueue<String> answers = new ArrayBlockingQueue<>(1);
    private final Path errors;

    private CipherProcess(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
        this.input = process.outputWriter(StandardCharsets.UTF_8);
    }

    static CipherProcess start(PeerKind kind, Path folder) throws IOException {
        Path errors = Files.createDirectories(folder).resolve("cipher-" + kind + ".log");
        CipherProcess started = new CipherProcess(
                new ProcessBuilder(kind.cipherCommand())
                        .redirectError(errors.toFile())
                        .start(),
                errors);
        Thread.ofPlatform().daemon().name("ciphers-of-" + kind).start(started::read);
        return started;
    }

    static ArrayNode commands() {
        return JSON.createArrayNode();
    }

    /** Runs commands one after the other; the answers, each with {@code ok} or {@code error}, come in their order. */
    JsonNode run(ArrayNode commands) {
        try {
            input.write(commands + "\n");
            input.flush();
            String answer = answers.poll(DEADLINE_SECONDS, TimeUnit.SECONDS);
            if (answer == null || answer.isEmpty()) {
                throw new AssertionError("no answer: " + Files.readString(errors));
            }
            return JSON.readTree(answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                answers.put(line);
            }
            answers.put("");
        } catch (IOException e) {
            // A killed process closes the pipe.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
