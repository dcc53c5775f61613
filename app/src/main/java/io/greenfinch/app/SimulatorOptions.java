package io.greenfinch.app;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the simulated WhatsApp listens. */
final class SimulatorOptions {

    @Option(
            names = "--simulator-listen",
            defaultValue = "127.0.0.1:7020",
            paramLabel = "HOST:PORT",
            converter = ListenAddress.Converter.class,
            description = "Where the simulated WhatsApp listens (default: ${DEFAULT-VALUE}; port 0: any free one).")
    private ListenAddress listen = new ListenAddress("127.0.0.1", 7020);

    @Option(
            names = "--simulator-tls-listen",
            paramLabel = "HOST:PORT",
            converter = ListenAddress.Converter.class,
            description = "Listen with TLS too, with a self-signed certificate.")
    private @Nullable ListenAddress tlsListen;

    ListenAddress listen() {
        return listen;
    }

    Optional<ListenAddress> tlsListen() {
        return Optional.ofNullable(tlsListen);
    }
}
