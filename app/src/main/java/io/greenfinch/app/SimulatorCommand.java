package io.greenfinch.app;

import io.greenfinch.app.cli.Specs;
import io.greenfinch.app.options.LogOptions;
import io.greenfinch.app.options.SimulatorOptions;
import io.greenfinch.simulator.Simulator;
import io.greenfinch.simulator.SimulatorSettings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The simulated WhatsApp alone, for people who test clients of their own. */
final class SimulatorCommand implements Callable<Integer> {

    private final SimulatorOptions options = new SimulatorOptions();
    private final LogOptions logs = new LogOptions();
    private final OptionSpec data = Specs.option(
                    "--simulator-data",
                    Path.class,
                    "FILE",
                    "Keep root key, accounts, devices and groups in this file (default: in memory only).")
            .build();
    private final CommandSpec spec = Specs.command(
            "simulator", this, "Runs a simulated WhatsApp: chat socket, phones, groups, faults. Tells what happens.");

    private SimulatorCommand() {
        options.addTo(spec);
        logs.addTo(spec).addOption(data);
    }

    static CommandSpec spec() {
        return new SimulatorCommand().spec;
    }

    @Override
    public Integer call() throws InterruptedException {
        logs.apply();
        PrintWriter out = spec.commandLine().getOut();
        Shutdown shutdown = Shutdown.install();
        try {
            Simulator simulator = shutdown.closing(Simulator.start(settings(options, Specs.optional(data))));
            out.println("Simulator   " + simulator.adminUrl());
            out.println("Chat        " + simulator.chatUrl());
            simulator.secureChatUrl().ifPresent(url -> out.println("Chat (TLS)  " + url));
            out.println("Root key    " + simulator.rootKeyHex());
            Readiness.ready(out);
            Happenings happenings = new Happenings(out, Clock.systemUTC());
            simulator.onDevice(happenings::changed);
            simulator.onSeen(happenings::seen);
        } catch (RuntimeException e) {
            shutdown.abandon();
            throw e;
        }
        shutdown.await();
        return 0;
    }

    /** The settings that options stand for. */
    static SimulatorSettings settings(SimulatorOptions options, Optional<Path> snapshot) {
        SimulatorSettings settings =
                SimulatorSettings.defaults().withListen(options.listen().socketAddress(7020));
        if (options.tlsListen().isPresent()) {
            settings = settings.withTlsListen(options.tlsListen().get().socketAddress(7021));
        }
        if (snapshot.isPresent()) {
            settings = settings.withSnapshot(snapshot.get());
        }
        return settings;
    }
}
