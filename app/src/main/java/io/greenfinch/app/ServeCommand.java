package io.greenfinch.app;

import io.greenfinch.app.cli.QrScreen;
import io.greenfinch.app.cli.RefusedException;
import io.greenfinch.app.cli.Specs;
import io.greenfinch.app.cli.Terminal;
import io.greenfinch.app.options.DataOption;
import io.greenfinch.app.options.GatewayOptions;
import io.greenfinch.app.options.LogOptions;
import io.greenfinch.app.options.WhatsAppOptions;
import io.greenfinch.client.PairingCode;
import io.greenfinch.gateway.Gateway;
import io.greenfinch.gateway.instance.InstanceState;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The gateway for real. */
final class ServeCommand implements Callable<Integer> {

    private static final Duration BETWEEN_CODES = Duration.ofSeconds(1);

    private final GatewayOptions options = new GatewayOptions();
    private final WhatsAppOptions whatsApp = new WhatsAppOptions();
    private final LogOptions logs = new LogOptions();
    private final DataOption data = DataOption.ofGateway();
    private final OptionSpec noFirstInstance =
            Specs.flag("--no-first-instance", "Make no instance on an empty data folder; use the partner methods.");
    private final CommandSpec spec = Specs.command(
            "serve",
            this,
            "Runs the gateway. On an empty data folder it makes the first instance and shows its QR code.");

    private ServeCommand() {
        options.addTo(spec);
        options.addBucketTo(spec);
        whatsApp.addTo(spec);
        logs.addTo(spec);
        data.addTo(spec).addOption(noFirstInstance);
    }

    static CommandSpec spec() {
        return new ServeCommand().spec;
    }

    @Override
    public Integer call() throws InterruptedException {
        logs.apply();
        EarlyWork.await();
        if (SandboxFolder.marked(data.folder())) {
            throw new RefusedException(
                    "The folder " + data.folder() + " belongs to a sandbox; choose another with --data.");
        }
        Shutdown shutdown = Shutdown.install();
        try {
            Gateway gateway = shutdown.closing(
                    Gateway.start(options.settings(data.folder()), options.apply(whatsApp.settings())));
            welcome(gateway, spec.commandLine().getOut());
        } catch (RuntimeException e) {
            shutdown.abandon();
            throw e;
        }
        shutdown.await();
        return 0;
    }

    private void welcome(Gateway gateway, PrintWriter out) {
        out.println("apiUrl            " + gateway.apiUrl());
        out.println("mediaUrl          " + gateway.apiUrl());
        if (options.reachableByOthers()) {
            out.println("                  (where callers use another address, or a proxy, set it with --public-url)");
        }
        out.println("Console           " + gateway.apiUrl() + "/console");
        gateway.partnerTokenFile().ifPresent(file -> out.println("Partner token in  " + file));
        gateway.metricsUrl().ifPresent(url -> out.println("Metrics           " + url));
        List<Gateway.InstanceView> known = gateway.instances();
        known.stream()
                .filter(instance -> instance.state() == InstanceState.NOT_AUTHORIZED)
                .forEach(instance -> out.println(
                        "Not linked        " + instance.id() + ", link it with: " + linking(instance.id())));
        if (known.isEmpty() && !Specs.given(noFirstInstance)) {
            firstInstance(gateway, out);
        } else {
            Readiness.ready(out);
        }
    }

    /** Token and code are for the person at the terminal; what is not a terminal may be a log that others read. */
    private void firstInstance(Gateway gateway, PrintWriter out) {
        Gateway.NewInstance instance = gateway.createInstance("first");
        out.println("idInstance        " + instance.id());
        boolean terminal = Terminal.attached();
        if (terminal) {
            out.println("apiTokenInstance  " + instance.token());
        } else {
            Path file = data.folder().toAbsolutePath().normalize().resolve("first-instance-token");
            PrivateFile.write(file, instance.token() + "\n");
            out.println("apiTokenInstance  in " + file);
            out.println("Not linked        " + instance.id() + ", link it with: " + linking(instance.id()));
        }
        Readiness.ready(out);
        if (terminal) {
            Thread.ofVirtual()
                    .name("terminal-qr")
                    .start(() -> showCodes(gateway, instance.id(), new QrScreen(out, true)));
        }
    }

    private String linking(long instance) {
        return Specs.program() + " instances link " + instance + " --data " + data.folder();
    }

    /** Draws each new code until the account is linked, or codes can't be had. */
    private void showCodes(Gateway gateway, long instance, QrScreen screen) {
        try {
            while (true) {
                switch (gateway.qrText(instance).orElseGet(PairingCode.AlreadyLinked::new)) {
                    case PairingCode.Code code -> screen.show(code.text());
                    case PairingCode.AlreadyLinked _ -> {
                        screen.say("Instance " + instance + " is linked.");
                        return;
                    }
                    case PairingCode.PasskeyRequired _ -> {
                        screen.say("WhatsApp demands a passkey of the account's owner: see getPasskeyChallenge.");
                        return;
                    }
                    case PairingCode.Unavailable unavailable
                    when unavailable.cause().unreachable() -> {} // the log says it
                    case PairingCode.Unavailable unavailable -> {
                        screen.say(
                                "There is no QR code now (" + unavailable.cause() + "). Later: " + linking(instance));
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
