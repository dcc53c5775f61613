package io.greenfinch.app;

import io.greenfinch.client.ClientSettings;
import io.greenfinch.client.time.SteadyClock;
import io.greenfinch.gateway.GatewaySettings;
import io.greenfinch.gateway.store.MasterKey;
import io.greenfinch.gateway.webhook.WebhookPace;
import io.greenfinch.protocol.pairing.AppVersion;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How the gateway serves HTTP. */
final class GatewayOptions {

    /** Which limits hold for callers. */
    enum RateLimits {
        documented,
        off
    }

    @Option(
            names = "--listen",
            defaultValue = "127.0.0.1:8080",
            paramLabel = "HOST:PORT",
            converter = ListenAddress.Converter.class,
            description = "Where the HTTP interface listens (default: ${DEFAULT-VALUE}; port 0: any free one).")
    private ListenAddress listen = new ListenAddress("127.0.0.1", 8080);

    @Option(
            names = "--public-url",
            paramLabel = "URL",
            description = "The address that callers use, where it is another one (behind a proxy).")
    private @Nullable URI publicUrl;

    @Option(
            names = "--partner-token",
            paramLabel = "TOKEN",
            description = "Token of the partner methods, at least 32 characters (default: generated into"
                    + " DATA/partner-token). Other users of this machine can read command lines: better give it in"
                    + " GREENFINCH_PARTNER_TOKEN or in a file.")
    private @Nullable String partnerToken;

    @Option(names = "--partner-token-file", paramLabel = "FILE", description = "The file that it stands in.")
    private @Nullable Path partnerTokenFile;

    @Option(
            names = "--request-timeout",
            defaultValue = "25s",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "How long a request may last (default: ${DEFAULT-VALUE}).")
    private Duration requestTimeout = Duration.ofSeconds(25);

    @Option(
            names = "--rate-limits",
            defaultValue = "documented",
            paramLabel = "documented|off",
            description = "Limits per instance and method (default: ${DEFAULT-VALUE}).")
    private RateLimits rateLimits = RateLimits.documented;

    @Option(
            names = "--quota",
            split = ",",
            paramLabel = "METHOD=N",
            description =
                    "Calls of a method per instance and calendar month, then 466, e.g. createGroup=20,getAvatar=1000"
                            + " (default: no limit).")
    private Map<String, Integer> quotas = new TreeMap<>();

    @Option(
            names = "--min-send-delay",
            defaultValue = "500",
            paramLabel = "MS",
            description = "The least that instances may set as the pause between two messages, 0 to"
                    + " ${DEFAULT-VALUE} milliseconds (default: ${DEFAULT-VALUE}). WhatsApp may restrict accounts that"
                    + " send quickly.")
    private int minSendDelay = 500;

    @Option(
            names = "--connect-limit",
            defaultValue = "200",
            paramLabel = "N",
            description = "Connections to WhatsApp being made at the same time (default: ${DEFAULT-VALUE}).")
    private int connectLimit = 200;

    @Option(
            names = "--metrics-listen",
            defaultValue = "127.0.0.1:9464",
            paramLabel = "HOST:PORT",
            converter = ListenAddress.Converter.class,
            description = "Where /metrics is served (default: ${DEFAULT-VALUE}; a free port where that is taken).")
    private ListenAddress metricsListen = new ListenAddress("127.0.0.1", 9464);

    @Option(
            names = "--history",
            defaultValue = "30d",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "For how long journals keep messages (default: ${DEFAULT-VALUE}).")
    private Duration history = GatewaySettings.HISTORY;

    @Option(
            names = "--allow-private-addresses",
            description = "Let callers name addresses in private networks and on this machine, such as webhooks"
                    + " (always so in the sandbox).")
    private boolean privateAddresses;

    @Option(
            names = "--whatsapp-version",
            paramLabel = "VERSION",
            description = "The client version that is claimed, e.g. 2.3000.1043857760 (default: a recent one).")
    private @Nullable String whatsAppVersion;

    @Option(
            names = "--device-name",
            defaultValue = "Greenfinch",
            paramLabel = "NAME",
            description = "Name in the phone's list of linked devices (default: ${DEFAULT-VALUE}).")
    private String deviceName = "Greenfinch";

    /** Whether other machines can call, at an address that may not be the one they know this machine by. */
    boolean reachableByOthers() {
        return publicUrl == null && listen.isEveryAddress();
    }

    /** Puts what these options say about the client into its settings. */
    ClientSettings apply(ClientSettings settings) {
        if (connectLimit < 1) {
            throw new UsageException("--connect-limit must be at least 1");
        }
        ClientSettings applied = settings.withConnectLimit(connectLimit).withDeviceName(deviceName);
        if (whatsAppVersion == null) {
            return applied;
        }
        return applied.withVersion(AppVersion.parse(whatsAppVersion)
                .orElseThrow(() -> new UsageException("--whatsapp-version must look like 2.3000.1043857760")));
    }

    /** The gateway's settings with its data in this folder. */
    GatewaySettings settings(Path data) {
        return settings(data, privateAddresses);
    }

    /** The settings of a sandbox, whose callers are on the same machine. */
    GatewaySettings sandbox(Path data) {
        return settings(data, true);
    }

    private GatewaySettings settings(Path data, boolean anyAddress) {
        return new GatewaySettings(
                listen.socketAddress(8080),
                Optional.ofNullable(publicUrl),
                data.toAbsolutePath().normalize(),
                masterKey(),
                partnerToken(),
                requestTimeout,
                rateLimits == RateLimits.documented,
                quotas,
                minSendDelay(),
                Optional.of(metricsListen.socketAddress(GatewaySettings.METRICS.getPort())),
                history,
                anyAddress,
                WebhookPace.DOCUMENTED,
                new SteadyClock(Clock.systemUTC(), System::nanoTime),
                new SecureRandom());
    }

    private Duration minSendDelay() {
        Duration delay = Duration.ofMillis(minSendDelay);
        if (delay.isNegative() || delay.compareTo(GatewaySettings.MIN_SEND_DELAY) > 0) {
            throw new UsageException("--min-send-delay must be 0 to " + GatewaySettings.MIN_SEND_DELAY.toMillis());
        }
        return delay;
    }

    private Optional<String> partnerToken() {
        if (partnerToken != null && partnerTokenFile != null) {
            throw new UsageException("--partner-token and --partner-token-file exclude each other");
        }
        if (partnerTokenFile == null) {
            return Optional.ofNullable(partnerToken);
        }
        try {
            return Optional.of(Files.readString(partnerTokenFile).strip());
        } catch (IOException e) {
            throw new UsageException("--partner-token-file " + partnerTokenFile + " can't be read: " + e);
        }
    }

    /** The master key from the environment. */
    static Optional<MasterKey> masterKey() {
        String hex = System.getenv(Environment.MASTER_KEY);
        if (hex == null) {
            return Optional.empty();
        }
        Optional<MasterKey> key = MasterKey.ofHex(hex);
        if (key.isEmpty()) {
            throw new UsageException(Environment.MASTER_KEY + " must be 64 hexadecimal digits");
        }
        return key;
    }
}
