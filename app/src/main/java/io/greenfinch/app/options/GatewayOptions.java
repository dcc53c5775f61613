package io.greenfinch.app.options;

import io.greenfinch.app.cli.Environment;
import io.greenfinch.app.cli.Specs;
import io.greenfinch.app.cli.UsageException;
import io.greenfinch.client.ClientSettings;
import io.greenfinch.client.time.SteadyClock;
import io.greenfinch.gateway.GatewaySettings;
import io.greenfinch.gateway.s3.S3Bucket;
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
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** How the gateway serves HTTP. */
public final class GatewayOptions {

    /** Which limits hold for callers. */
    public enum RateLimits {
        documented,
        off
    }

    private final OptionSpec listen = Specs.option(
                    "--listen",
                    ListenAddress.class,
                    "HOST:PORT",
                    "Where the HTTP interface listens (default: ${DEFAULT-VALUE}; port 0: any free one).")
            .converters(new ListenAddress.Converter())
            .defaultValue("127.0.0.1:8080")
            .build();

    private final OptionSpec publicUrl = Specs.option(
                    "--public-url",
                    URI.class,
                    "URL",
                    "The address that callers use, where it is another one (behind a proxy).")
            .build();

    private final OptionSpec partnerToken = Specs.option(
                    "--partner-token",
                    String.class,
                    "TOKEN",
                    "Token of the partner methods, at least 32 characters (default: generated into"
                            + " DATA/partner-token). Other users of this machine can read command lines: better give it in"
                            + " GREENFINCH_PARTNER_TOKEN or in a file.")
            .build();

    private final OptionSpec partnerTokenFile = Specs.option(
                    "--partner-token-file", Path.class, "FILE", "The file that it stands in.")
            .build();

    private final OptionSpec requestTimeout = Specs.option(
                    "--request-timeout",
                    Duration.class,
                    "TIME",
                    "How long a request may last (default: ${DEFAULT-VALUE}).")
            .converters(new DurationConverter())
            .defaultValue("25s")
            .build();

    private final OptionSpec rateLimits = Specs.option(
                    "--rate-limits",
                    RateLimits.class,
                    "documented|off",
                    "Limits per instance and method (default: ${DEFAULT-VALUE}).")
            .defaultValue("documented")
            .build();

    private final OptionSpec quotas = Specs.option(
                    "--quota",
                    TreeMap.class,
                    "METHOD=N",
                    "Calls of a method per instance and calendar month, then 466, e.g. createGroup=20,getAvatar=1000"
                            + " (default: no limit).")
            .auxiliaryTypes(String.class, Integer.class)
            .splitRegex(",")
            .build();

    private final OptionSpec minSendDelay = Specs.option(
                    "--min-send-delay",
                    int.class,
                    "MS",
                    "The least that instances may set as the pause between two messages, 0 to"
                            + " ${DEFAULT-VALUE} milliseconds (default: ${DEFAULT-VALUE}). WhatsApp may restrict accounts that"
                            + " send quickly.")
            .defaultValue("500")
            .build();

    private final OptionSpec connectLimit = Specs.option(
                    "--connect-limit",
                    int.class,
                    "N",
                    "Connections to WhatsApp being made at the same time (default: ${DEFAULT-VALUE}).")
            .defaultValue("200")
            .build();

    private final OptionSpec metricsListen = Specs.option(
                    "--metrics-listen",
                    ListenAddress.class,
                    "HOST:PORT",
                    "Where /metrics is served (default: ${DEFAULT-VALUE}; a free port where that is taken).")
            .converters(new ListenAddress.Converter())
            .defaultValue("127.0.0.1:9464")
            .build();

    private final OptionSpec history = Specs.option(
                    "--history",
                    Duration.class,
                    "TIME",
                    "For how long journals keep messages (default: ${DEFAULT-VALUE}).")
            .converters(new DurationConverter())
            .defaultValue("30d")
            .build();

    private final OptionSpec filesQuota = Specs.option(
                    "--files-quota",
                    long.class,
                    "MB",
                    "What room all files under links have together, in megabytes (default: ${DEFAULT-VALUE}).")
            .defaultValue(Long.toString(GatewaySettings.FILES_ROOM >> 20))
            .build();

    private final BucketOptions bucket = new BucketOptions();

    private final OptionSpec privateAddresses = Specs.flag(
            "--allow-private-addresses",
            "Let callers name addresses in private networks and on this machine, such as webhooks"
                    + " (always so in the sandbox).");

    private final OptionSpec whatsAppVersion = Specs.option(
                    "--whatsapp-version",
                    String.class,
                    "VERSION",
                    "The client version that is claimed, e.g. 2.3000.1043857760 (default: a recent one).")
            .build();

    private final OptionSpec deviceName = Specs.option(
                    "--device-name",
                    String.class,
                    "NAME",
                    "Name in the phone's list of linked devices (default: ${DEFAULT-VALUE}).")
            .defaultValue("Greenfinch")
            .build();

    public CommandSpec addTo(CommandSpec command) {
        return command.addOption(listen)
                .addOption(publicUrl)
                .addOption(partnerToken)
                .addOption(partnerTokenFile)
                .addOption(requestTimeout)
                .addOption(rateLimits)
                .addOption(quotas)
                .addOption(minSendDelay)
                .addOption(connectLimit)
                .addOption(metricsListen)
                .addOption(history)
                .addOption(filesQuota)
                .addOption(privateAddresses)
                .addOption(whatsAppVersion)
                .addOption(deviceName);
    }

    /** What only a gateway for real has: a sandbox is wiped, and its files are nothing to keep elsewhere. */
    public CommandSpec addBucketTo(CommandSpec command) {
        return bucket.addTo(command);
    }

    /** Whether other machines can call, at an address that may not be the one they know this machine by. */
    public boolean reachableByOthers() {
        return publicUrl.getValue() == null && listen().isEveryAddress();
    }

    private ListenAddress listen() {
        return listen.getValue();
    }

    /** Puts what these options say about the client into its settings. */
    public ClientSettings apply(ClientSettings settings) {
        int limit = connectLimit.getValue();
        if (limit < 1) {
            throw new UsageException("--connect-limit must be at least 1");
        }
        ClientSettings applied = settings.withConnectLimit(limit).withDeviceName(deviceName.getValue());
        return Specs.<String>optional(whatsAppVersion)
                .map(version -> AppVersion.parse(version)
                        .orElseThrow(() -> new UsageException("--whatsapp-version must look like 2.3000.1043857760")))
                .map(applied::withVersion)
                .orElse(applied);
    }

    /** The gateway's settings with its data in this folder. */
    public GatewaySettings settings(Path data) {
        return settings(data, Specs.given(privateAddresses), bucket.bucket(System.getenv()));
    }

    /** The settings of a sandbox, whose callers are on the same machine. */
    public GatewaySettings sandbox(Path data, URI simulator) {
        return settings(data, true, Optional.empty()).withSimulator(simulator);
    }

    private GatewaySettings settings(Path data, boolean anyAddress, Optional<S3Bucket> filesBucket) {
        ListenAddress metrics = metricsListen.getValue();
        return new GatewaySettings(
                listen().socketAddress(8080),
                Specs.optional(publicUrl),
                data.toAbsolutePath().normalize(),
                masterKey(),
                partnerToken(),
                requestTimeout.getValue(),
                rateLimits.getValue() == RateLimits.documented,
                Specs.<Map<String, Integer>>optional(quotas).orElseGet(Map::of),
                minSendDelay(),
                Optional.of(metrics.socketAddress(GatewaySettings.METRICS.getPort())),
                history.getValue(),
                anyAddress,
                WebhookPace.DOCUMENTED,
                filesRoom(),
                filesBucket,
                Optional.empty(),
                new SteadyClock(Clock.systemUTC(), System::nanoTime),
                new SecureRandom());
    }

    private long filesRoom() {
        long megabytes = filesQuota.<Long>getValue();
        if (megabytes < 0 || megabytes > 1L << 40) {
            throw new UsageException("--files-quota must be 0 or more megabytes");
        }
        return megabytes << 20;
    }

    private Duration minSendDelay() {
        Duration delay = Duration.ofMillis(minSendDelay.<Integer>getValue());
        if (delay.isNegative() || delay.compareTo(GatewaySettings.MIN_SEND_DELAY) > 0) {
            throw new UsageException("--min-send-delay must be 0 to " + GatewaySettings.MIN_SEND_DELAY.toMillis());
        }
        return delay;
    }

    private Optional<String> partnerToken() {
        Optional<String> token = Specs.optional(partnerToken);
        Optional<Path> file = Specs.optional(partnerTokenFile);
        if (token.isPresent() && file.isPresent()) {
            throw new UsageException("--partner-token and --partner-token-file exclude each other");
        }
        return file.map(GatewayOptions::read).or(() -> token);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UsageException("--partner-token-file " + file + " can't be read: " + e);
        }
    }

    /** The master key from the environment. */
    public static Optional<MasterKey> masterKey() {
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
