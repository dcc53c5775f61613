package io.greenfinch.app.options;

import io.greenfinch.app.cli.Specs;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Where the simulated WhatsApp listens. */
public final class SimulatorOptions {

    private final OptionSpec listen = Specs.option(
                    "--simulator-listen",
                    ListenAddress.class,
                    "HOST:PORT",
                    "Where the simulated WhatsApp listens (default: ${DEFAULT-VALUE}; port 0: any free one).")
            .converters(new ListenAddress.Converter())
            .defaultValue("127.0.0.1:7020")
            .build();

    private final OptionSpec tlsListen = Specs.option(
                    "--simulator-tls-listen",
                    ListenAddress.class,
                    "HOST:PORT",
                    "Listen with TLS too, with a self-signed certificate.")
            .converters(new ListenAddress.Converter())
            .build();

    public CommandSpec addTo(CommandSpec command) {
        return command.addOption(listen).addOption(tlsListen);
    }

    public ListenAddress listen() {
        return listen.getValue();
    }

    public Optional<ListenAddress> tlsListen() {
        return Specs.optional(tlsListen);
    }
}
