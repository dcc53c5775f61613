package io.greenfinch.app;

import io.greenfinch.client.PairingCode;
import io.greenfinch.gateway.Gateway;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The gateway for real. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        description = "Runs the gateway. On an empty data folder it makes the first instance and shows its QR code.")
final class ServeCommand implements Callable<Integer> {

    private static final Duration BETWEEN_CODES = Duration.ofSeconds(1);

    @Mixin
    private GatewayOptions options = new GatewayOptions();

    @Mixin
    private WhatsAppOptions whatsApp = new WhatsAppOptions();

    @Mixin
    private LogOptions logs = new LogOptions();

    @Option(
            names = "--data",
            defaultValue = "./data",
            paramLabel = "FOLDER",
            description = "Database, master key and files (default: ${DEFAULT-VALUE}).")
    private Path data = Path.of("data");

    @Option(
            names = "--no-first-instance",
            description = "Make no instance on an empty data folder; use the partner methods.")
    private boolean noFirstInstance;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by the parser before call()
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        logs.apply();
        if (SandboxFolder.marked(data)) {
            throw new RefusedException("The folder " + data + " belongs to a sandbox; choose another with --data.");
        }
        PrintWriter out = spec.commandLine().getOut();
        Shutdown shutdown = Shutdown.install();
        try {
            Gateway gateway =
                    shutdown.closing(Gateway.start(options.settings(data), options.apply(whatsApp.settings())));
            out.println("apiUrl            " + gateway.apiUrl());
            out.println("mediaUrl          " + gateway.apiUrl());
            gateway.partnerTokenFile().ifPresent(file -> out.println("Partner token in  " + file));
            gateway.metricsUrl().ifPresent(url -> out.println("Metrics           " + url));
            boolean first = !noFirstInstance && gateway.instances().isEmpty();
            if (first) {
                Gateway.NewInstance instance = gateway.createInstance("first");
                out.println("idInstance        " + instance.id());
                out.println("apiTokenInstance  " + instance.token() + "   (shown only this once)");
                out.println("ready");
                out.flush();
                Thread.ofVirtual().name("terminal-qr").start(() -> showCodes(gateway, instance.id(), out));
            } else {
                out.println("ready");
                out.flush();
            }
        } catch (RuntimeException e) {
            shutdown.abandon();
            throw e;
        }
        shutdown.await();
        return 0;
    }

    /** Draws each new code until the account is linked, or codes can't be had. */
    private static void showCodes(Gateway gateway, long instance, PrintWriter out) {
        String shown = "";
        try {
            while (true) {
                switch (gateway.qrText(instance).orElseGet(PairingCode.AlreadyLinked::new)) {
                    case PairingCode.Code code -> {
                        if (!code.text().equals(shown)) {
                            shown = code.text();
                            out.println();
                            out.println(TerminalQr.draw(shown));
                            out.println("On the phone: WhatsApp, Settings, Linked devices, Link a device.");
                            out.flush();
                        }
                    }
                    case PairingCode.AlreadyLinked _ -> {
                        out.println("The account is linked.");
                        out.flush();
                        return;
                    }
                    case PairingCode.PasskeyRequired _ -> {
                        out.println("WhatsApp demands a passkey of the account's owner, which can't be given here.");
                        out.flush();
                        return;
                    }
                    case PairingCode.Unavailable unavailable when unavailable.cause().unreachable() -> {} // the log says it
                    case PairingCode.Unavailable unavailable -> {
                        out.println("No QR code now (" + unavailable.cause() + "); the qr method gives one later.");
                        out.flush();
                        return;
                    }
                }
                Thread.sleep(BETWEEN_CODES);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
