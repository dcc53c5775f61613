package io.greenfinch.app.rehearsal;

import io.greenfinch.app.EarlyWork;
import io.greenfinch.app.Main;
import io.greenfinch.app.cli.LogProvider;
import io.greenfinch.gateway.store.EmptyDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/**
 * One run that the script makes after each build, for the JVM to note what a start needs and how the code is used after it (ADR 5):
 * serves an empty data folder on a free port of the loopback interface, lives a {@link RehearsedDay} with a simulated WhatsApp, stops.
 * Before that it has {@link Provisions} made. Connects to nothing else. Everything it writes is in
 * the folder it is given, which the script deletes.
 */
public final class Rehearsal {

    private static final long DEADLINE_SECONDS = 120;

    /** Of a gateway that lives for some seconds, and opens nothing else. */
    private static final String PARTNER_TOKEN = "gac.rehearsal-of-one-start-and-no-secret";

    private Rehearsal() {}

    public static void main(String[] arguments) {
        LogProvider.choose();
        Thread.ofPlatform().name("rehearsal-deadline").daemon().start(Rehearsal::giveUpLate);
        try {
            rehearse(Path.of(arguments[0]));
        } catch (Exception | LinkageError e) {
            giveUp("the rehearsal failed: " + e);
        }
        System.exit(0); // ends the command as a signal does
    }

    /** Somebody waits for the start that comes after this. */
    private static void giveUpLate() {
        try {
            Thread.sleep(Duration.ofSeconds(DEADLINE_SECONDS));
            giveUp("the rehearsal took too long");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void giveUp(String why) {
        System.err.println(why);
        ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly);
        Runtime.getRuntime().halt(1);
    }

    private static void rehearse(Path folder) throws Exception {
        Provisions.make(folder);
        System.setProperty("org.sqlite.lib.path", Provisions.library(folder).toString());
        System.setProperty(EmptyDatabase.PROPERTY, Provisions.database(folder).toString());
        EarlyWork.begin();
        try (RehearsedWhatsApp whatsApp = RehearsedWhatsApp.start()) {
            URI api = serve(folder.resolve("data"), whatsApp).get(DEADLINE_SECONDS, TimeUnit.SECONDS);
            PlainHttp.call("GET", api.resolve("/health/live"), "");
            new RehearsedDay(URI.create(whatsApp.value("Simulator")), api, PARTNER_TOKEN).live();
        }
    }

    /** Runs the command as a user would; completes with its address when it is ready. */
    private static CompletableFuture<URI> serve(Path data, RehearsedWhatsApp whatsApp) throws IOException {
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
                        "--rate-limits=off",
                        "--min-send-delay=0",
                        "--allow-private-addresses",
                        "--partner-token=" + PARTNER_TOKEN,
                        "--whatsapp-url=" + whatsApp.value("Chat"),
                        "--whatsapp-root-key=" + whatsApp.value("Root key"),
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
}
