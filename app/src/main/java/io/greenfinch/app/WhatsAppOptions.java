package io.greenfinch.app;

import io.greenfinch.client.ClientSettings;
import java.net.URI;
import java.nio.file.Path;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which WhatsApp the gateway connects to: the real one, or another that signs with its own root. */
final class WhatsAppOptions {

    @Option(
            names = "--whatsapp-url",
            defaultValue = "wss://web.whatsapp.com/ws/chat",
            paramLabel = "URL",
            description = "The chat socket (default: ${DEFAULT-VALUE}).")
    private URI url = ClientSettings.WHATSAPP_URL;

    @Option(
            names = "--whatsapp-root-key",
            paramLabel = "HEX",
            description = "Public key that signs the service's certificates (default: WhatsApp's).")
    private @Nullable String rootKey;

    @Option(
            names = "--whatsapp-ca",
            paramLabel = "FILE",
            description = "PEM file with further certificate authorities for wss.")
    private @Nullable Path ca;

    @Option(
            names = "--whatsapp-media-url",
            paramLabel = "URL",
            description = "Where media are fetched from and sent to, instead of the hosts that WhatsApp names."
                    + " Without effect so far: this version handles no media.")
    @SuppressWarnings("UnusedVariable") // accepted from the start, so that command lines stay valid
    private @Nullable URI mediaUrl;

    ClientSettings settings() {
        ClientSettings settings;
        try {
            settings = ClientSettings.defaults(url, key());
        } catch (IllegalArgumentException e) {
            throw new UsageException("--whatsapp-url: " + e.getMessage());
        }
        return ca == null ? settings : settings.withTrustedCertificates(ca);
    }

    private byte[] key() {
        if (rootKey == null) {
            return ClientSettings.whatsAppRootKey();
        }
        if (!rootKey.matches("[0-9a-fA-F]{64}")) {
            throw new UsageException("--whatsapp-root-key must be 64 hexadecimal digits");
        }
        return HexFormat.of().parseHex(rootKey);
    }
}
