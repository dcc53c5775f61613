package io.greenfinch.app;

import io.greenfinch.app.cli.RefusedException;
import io.greenfinch.app.cli.Specs;
import io.greenfinch.app.options.DataOption;
import io.greenfinch.app.options.GatewayOptions;
import io.greenfinch.app.options.LogOptions;
import io.greenfinch.app.options.SimulatorOptions;
import io.greenfinch.client.ClientSettings;
import io.greenfinch.client.PairingCode;
import io.greenfinch.gateway.Gateway;
import io.greenfinch.gateway.instance.InstanceSettings;
import io.greenfinch.simulator.Simulator;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Gateway and simulated WhatsApp in one process, with an account linked and groups to leave. */
final class SandboxCommand implements Callable<Integer> {

    private static final Duration LINK_DEADLINE = Duration.ofSeconds(30);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    private final GatewayOptions options = new GatewayOptions();
    private final SimulatorOptions simulatorOptions = new SimulatorOptions();
    private final LogOptions logs = new LogOptions();
    private final DataOption data = DataOption.ofSandbox();
    private final OptionSpec keep =
            Specs.flag("--keep", "Go on where the last run stopped instead of starting afresh.");
    private final CommandSpec spec = Specs.command(
            "sandbox",
            this,
            "Runs the gateway beside a simulated WhatsApp, with people, groups and one linked account.");

    private SandboxCommand() {
        options.addTo(spec);
        simulatorOptions.addTo(spec);
        logs.addTo(spec);
        data.addTo(spec).addOption(keep);
    }

    static CommandSpec spec() {
        return new SandboxCommand().spec;
    }

    @Override
    public Integer call() throws InterruptedException {
        logs.apply();
        EarlyWork.await();
        boolean goOn = SandboxFolder.prepare(data.folder(), Specs.given(keep));
        Shutdown shutdown = Shutdown.install();
        try {
            start(shutdown, goOn);
        } catch (RuntimeException | InterruptedException e) {
            shutdown.abandon();
            throw e;
        }
        shutdown.await();
        return 0;
    }

    private void start(Shutdown shutdown, boolean goOn) throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        Simulator simulator = shutdown.closing(Simulator.start(SimulatorCommand.settings(
                simulatorOptions, Optional.of(data.folder().resolve("simulator.snapshot")))));
        ClientSettings client = ClientSettings.defaults(
                        simulator.chatUrl(), HexFormat.of().parseHex(simulator.rootKeyHex()))
                .withMediaUrl(simulator.adminUrl());
        Gateway gateway = shutdown.closing(
                Gateway.start(options.sandbox(data.folder(), simulator.adminUrl()), options.apply(client)));
        try (SandboxWorld world = new SandboxWorld(simulator.adminUrl())) {
            if (!goOn) {
                world.create();
            }
            Gateway.NewInstance instance = instance(gateway, world);
            awaitAuthorized(gateway, instance.id());
            Happenings happenings = new Happenings(out, Clock.systemUTC());
            simulator.onSeen(seen -> {
                if (!seen.person().equals(SandboxWorld.ANNA.name())) {
                    happenings.seen(seen);
                }
            });
            SandboxFile file = new SandboxFile(
                    gateway.apiUrl().toString(),
                    gateway.apiUrl().toString(),
                    instance.id(),
                    instance.token(),
                    gateway.partnerToken(),
                    simulator.adminUrl(),
                    simulator.rootKeyHex(),
                    world.groups(),
                    SandboxWorld.OTHERS);
            file.write(data.folder());
            SandboxWelcome.print(file, out);
        }
    }

    /** The instance of the last run if it is still there, else a new one, linked to Anna. */
    private Gateway.NewInstance instance(Gateway gateway, SandboxWorld world) throws InterruptedException {
        Optional<SandboxFile> last = SandboxFile.read(data.folder())
                .filter(file -> gateway.instances().stream().anyMatch(known -> known.id() == file.idInstance()));
        if (last.isPresent()) {
            return new Gateway.NewInstance(last.get().idInstance(), last.get().apiTokenInstance());
        }
        Gateway.NewInstance instance = gateway.createInstance("sandbox", InstanceSettings.NOTIFYING);
        switch (gateway.qrText(instance.id()).orElseThrow()) {
            case PairingCode.Code code -> world.scan(code.text());
            case PairingCode.AlreadyLinked _ -> throw new IllegalStateException("a new instance is linked already");
            case PairingCode.PasskeyRequired _ ->
                throw new IllegalStateException("the simulator never demands a passkey");
            case PairingCode.Unavailable unavailable ->
                throw new RefusedException("The simulator gave no QR code: " + unavailable.cause() + ".");
        }
        return instance;
    }

    private static void awaitAuthorized(Gateway gateway, long instance) throws InterruptedException {
        Instant deadline = Instant.now().plus(LINK_DEADLINE);
        while (gateway.instances().stream().noneMatch(one -> one.id() == instance && one.online())) {
            if (Instant.now().isAfter(deadline)) {
                throw new RefusedException(
                        "The account did not come online within " + LINK_DEADLINE.toSeconds() + " s.");
            }
            Thread.sleep(BETWEEN_LOOKS);
        }
    }
}
