package io.greenfinch.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A gateway in a process that serves until it is killed, which is what {@link #close} does. */
public final class KilledProcess implements AutoCloseable {

    private final Process process;
    private final String apiUrl;
    private final String partnerToken;

    /** Serves this folder when it returns. */
    public KilledProcess(Path data, SimulatedWorld world) throws IOException {
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KillableGateway.class.getName(),
                        data.toString(),
                        world.chatUrl(),
                        world.rootKeyHex())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = lines.readLine();
        while (line != null && !line.startsWith("serves ")) {
            line = lines.readLine();
        }
        assertThat(line).as("the process serves").isNotNull();
        String[] words = line == null ? new String[3] : line.split(" ");
        apiUrl = words[1];
        partnerToken = words[2];
        Thread.ofVirtual().start(() -> lines.lines().forEach(ignored -> {}));
    }

    public String apiUrl() {
        return apiUrl;
    }

    public String partnerToken() {
        return partnerToken;
    }

    /** Lets it live for so long: the moment of a kill is nobody's choice. */
    public void lives(int millis) throws InterruptedException {
        assertThat(process.waitFor(millis, TimeUnit.MILLISECONDS)).isFalse();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().orTimeout(30, TimeUnit.SECONDS).join();
    }
}
