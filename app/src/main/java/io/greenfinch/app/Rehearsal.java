package io.greenfinch.app;

import io.greenfinch.gateway.store.SqliteLibrary;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/**
 * One start that the script makes after each build, for the JVM to note what a start needs (ADR 5): serves an empty data
 * folder on a free port of the loopback interface, asks it once, stops. Also unpacks what the driver of the database
 * would otherwise unpack at each start. Connects to nothing. Everything it writes is in the folder it is given, which
 * the script deletes.
 */
public final class Rehearsal {

    private static final long DEADLINE_SECONDS = 120;

    private Rehearsal() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        Path library = folder.resolve("native");
        SqliteLibrary.unpackTo(library);
        System.setProperty("org.sqlite.lib.path", library.toString());
        URI api = serve(folder.resolve("data")).get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        String answer = get(api, "/health/live");
        // Ends the command as a signal does.
        System.exit(answer.startsWith("HTTP/1.1 200 ") ? 0 : 1);
    }

    /** Runs the command as a user would; completes with its address when it is ready. */
    private static CompletableFuture<URI> serve(Path data) throws IOException {
        PipedReader output = new PipedReader();
        PrintWriter out = new PrintWriter(new PipedWriter(output), true);
        CommandLine program = Main.commandLineFor("serve").setOut(out);
        Thread.ofPlatform().name("rehearsed").daemon().start(() -> {
            try (out) {
                Main.run(
                        program,
                        Map.of(),
                        "serve",
                        "--no-first-instance",
                        "--listen=127.0.0.1:0",
                        "--metrics-listen=127.0.0.1:0",
                        "--data=" + data);
            }
        });
        CompletableFuture<URI> ready = new CompletableFuture<>();
        Thread.ofPlatform().name("rehearsed-output").daemon().start(() -> read(new BufferedReader(output), ready));
        return ready;
    }

    private static void read(BufferedReader output, CompletableFuture<URI> ready) {
        @Nullable URI api = null;
        try {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (line.startsWith("apiUrl ")) {
                    api = URI.create(line.substring("apiUrl ".length()).strip());
                } else if (line.equals("ready") && api != null) {
                    ready.complete(api);
                }
            }
            ready.completeExceptionally(new IOException("the command ended before it was ready"));
        } catch (IOException e) {
            ready.completeExceptionally(e);
        }
    }

    /** A plain socket: what is used here is noted as well, and no later start needs an HTTP client for this. */
    private static String get(URI api, String path) throws IOException {
        String request = "GET " + path + " HTTP/1.1\r\nHost: " + api.getAuthority() + "\r\nConnection: close\r\n\r\n";
        try (Socket socket = new Socket(InetAddress.getByName(api.getHost()), api.getPort())) {
            socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(DEADLINE_SECONDS));
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
