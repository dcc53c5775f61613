package io.greenfinch.app.options;

import io.greenfinch.app.cli.Specs;
import io.greenfinch.app.cli.UsageException;
import io.greenfinch.client.ClientSettings;
import java.net.URI;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Which WhatsApp the gateway connects to: the real one, or another that signs with its own root. */
public final class WhatsAppOptions {

    private final OptionSpec url = Specs.option(
                    "--whatsapp-url", URI.class, "URL", "The chat socket (default: ${DEFAULT-VALUE}).")
            .defaultValue(ClientSettings.WHATSAPP_URL.toString())
            .build();

    private final OptionSpec rootKey = Specs.option(
                    "--whatsapp-root-key",
                    String.class,
                    "HEX",
                    "Public key that signs the service's certificates (default: WhatsApp's).")
            .build();

    private final OptionSpec ca = Specs.option(
                    "--whatsapp-ca", Path.class, "FILE", "PEM file with further certificate authorities for wss.")
            .build();

    private final OptionSpec mediaUrl = Specs.option(
                    "--whatsapp-media-url",
                    URI.class,
                    "URL",
                    "Where media are fetched from and sent to, instead of the hosts that WhatsApp names.")
            .build();

    public CommandSpec addTo(CommandSpec command) {
        return command.addOption(url).addOption(rootKey).addOption(ca).addOption(mediaUrl);
    }

    public ClientSettings settings() {
        ClientSettings settings = chosen();
        ClientSettings trusting =
                Specs.<Path>optional(ca).map(settings::withTrustedCertificates).orElse(settings);
        try {
            return Specs.<URI>optional(mediaUrl).map(trusting::withMediaUrl).orElse(trusting);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--whatsapp-media-url: " + e.getMessage());
        }
    }

    /** Where the chat socket is; checked by {@link #settings}. */
    public URI url() {
        return settings().url();
    }

    /** A file with further certificate authorities. */
    public Optional<Path> ca() {
        return Specs.optional(ca);
    }

    private ClientSettings chosen() {
        try {
            return ClientSettings.defaults(url.getValue(), key());
        } catch (IllegalArgumentException e) {
            throw new UsageException("--whatsapp-url: " + e.getMessage());
        }
    }

    private byte[] key() {
        Optional<String> hex = Specs.optional(rootKey);
        if (hex.isEmpty()) {
            return ClientSettings.whatsAppRootKey();
        }
        if (!hex.get().matches("[0-9a-fA-F]{64}")) {
            throw new UsageException("--whatsapp-root-key must be 64 hexadecimal digits");
        }
        return HexFormat.of().parseHex(hex.get());
    }
}
