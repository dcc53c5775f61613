package io.greenfinch.client;

import io.greenfinch.protocol.pairing.AppVersion;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;

/**
 * How to reach WhatsApp and how to appear there (design 4.8).
 *
 * @param url the chat socket, {@code ws} or {@code wss}
 * @param rootKey public key that signs the server's certificate chain, 32 bytes (specification §3); read-only
 * @param trustedCertificates PEM file with further CAs for {@code wss} and {@code https}
 * @param mediaUrl where files are stored and fetched, instead of the hosts that WhatsApp names
 * @param version the client version we claim
 * @param deviceName name shown in the phone's list of linked devices
 * @param connectLimit connections being made at the same time, over all sessions
 * @param pingAfter silence after which we ask whether the server is there
 * @param pingTimeout further silence after which the connection counts as dead
 */
public record ClientSettings(
        URI url,
        byte[] rootKey,
        Optional<Path> trustedCertificates,
        Optional<URI> mediaUrl,
        AppVersion version,
        String deviceName,
        int connectLimit,
        Duration pingAfter,
        Duration pingTimeout) {

    /** WhatsApp's chat socket. */
    public static final URI WHATSAPP_URL = URI.create("wss://web.whatsapp.com/ws/chat");

    private static final String WHATSAPP_ROOT_KEY = "142375574d0a587166aae71ebe516437c4a28b73e3695c6ce1f7f9545da8ee6b";

    public ClientSettings {
        if (!"ws".equalsIgnoreCase(url.getScheme()) && !"wss".equalsIgnoreCase(url.getScheme())) {
            throw new IllegalArgumentException("not a WebSocket address: " + url);
        }
        mediaUrl.ifPresent(ClientSettings::checkWeb);
        if (rootKey.length != 32) {
            throw new IllegalArgumentException("a root key of " + rootKey.length + " bytes");
        }
        if (connectLimit < 1) {
            throw new IllegalArgumentException("a connect limit of " + connectLimit);
        }
        if (!pingAfter.isPositive() || !pingTimeout.isPositive()) {
            throw new IllegalArgumentException("times of liveness that are not positive");
        }
    }

    /** Everything as for the real service. */
    public static ClientSettings defaults() {
        return defaults(WHATSAPP_URL, whatsAppRootKey());
    }

    /** Another service under its own root, everything else as for the real one. */
    public static ClientSettings defaults(URI url, byte[] rootKey) {
        return new ClientSettings(
                url,
                rootKey,
                Optional.empty(),
                Optional.empty(),
                new AppVersion(2, 3000, 1_043_857_760),
                "Greenfinch",
                200,
                Duration.ofSeconds(15),
                Duration.ofSeconds(10));
    }

    /** The key that signs WhatsApp's own certificates. */
    public static byte[] whatsAppRootKey() {
        return HexFormat.of().parseHex(WHATSAPP_ROOT_KEY);
    }

    private static void checkWeb(URI url) {
        boolean web = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
        if (!web || url.getHost() == null) {
            throw new IllegalArgumentException("not an address of the web: " + url);
        }
    }

    public ClientSettings withTrustedCertificates(Path pem) {
        return with(Optional.of(pem), mediaUrl, version, deviceName, connectLimit);
    }

    /**
     * With media hosts of another address.
     *
     * @throws IllegalArgumentException when it is no address of the web
     */
    public ClientSettings withMediaUrl(URI address) {
        return with(trustedCertificates, Optional.of(address), version, deviceName, connectLimit);
    }

    public ClientSettings withVersion(AppVersion claimed) {
        return with(trustedCertificates, mediaUrl, claimed, deviceName, connectLimit);
    }

    public ClientSettings withDeviceName(String name) {
        return with(trustedCertificates, mediaUrl, version, name, connectLimit);
    }

    public ClientSettings withConnectLimit(int limit) {
        return with(trustedCertificates, mediaUrl, version, deviceName, limit);
    }

    private ClientSettings with(
            Optional<Path> trusted, Optional<URI> media, AppVersion claimed, String name, int limit) {
        return new ClientSettings(url, rootKey, trusted, media, claimed, name, limit, pingAfter, pingTimeout);
    }
}
