package io.greenfinch.app;

import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Where the simulated WhatsApp listens. */
final class SimulatorOptions {

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

    CommandSpec addTo(CommandSpec command) {
        return command.addOption(listen).addOption(tlsListen);
    }

    ListenAddress listen() {
        return listen.getValue();
    }

    Optional<ListenAddress> tlsListen() {
        return Specs.optional(tlsListen);
    }
}
