package io.greenfinch.gateway;

import io.greenfinch.gateway.s3.S3Bucket;
import io.greenfinch.gateway.store.MasterKey;
import io.greenfinch.gateway.webhook.WebhookPace;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * How a gateway runs. {@link #toString} shows no secrets.
 *
 * @param listen where the API listens; port 0 picks a free one
 * @param publicUrl how callers reach the API, where that is not the address it listens at
 * @param data the data folder
 * @param masterKey the key of the data folder; without it the folder's own, made at the first start
 * @param partnerToken the key to the partner methods; without it the folder's own, made at the first start
 * @param requestTimeout by when every call is answered
 * @param rateLimits whether calls are limited to the documented rates
 * @param quotas how often each instance may call a method in a calendar month, by the method's name
 * @param minSendDelay the shortest pause between two messages sent that an instance may have
 * @param metricsListen where the metrics are told; nowhere when empty
 * @param history for how long journals keep messages
 * @param privateAddresses whether addresses that callers name may be in private networks
 * @param webhooks how long receivers of notifications are waited for
 * @param filesRoom bytes that all files under our links may take together
 * @param filesBucket where files are kept; in the data folder when empty
 * @param simulator the admin interface of the simulator that stands for WhatsApp, whose phones the console shows
 * @param clock the time; deadlines and durations are true when it is a {@link io.greenfinch.client.time.SteadyClock}
 * @param random where tokens and keys come from
 */
public record GatewaySettings(
        InetSocketAddress listen,
        Optional<URI> publicUrl,
        Path data,
        Optional<MasterKey> masterKey,
        Optional<String> partnerToken,
        Duration requestTimeout,
        boolean rateLimits,
        Map<String, Integer> quotas,
        Duration minSendDelay,
        Optional<InetSocketAddress> metricsListen,
        Duration history,
        boolean privateAddresses,
        WebhookPace webhooks,
        long filesRoom,
        Optional<S3Bucket> filesBucket,
        Optional<URI> simulator,
        Clock clock,
        SecureRandom random) {

    /** What room files have as a rule. */
    public static final long FILES_ROOM = 10L << 30;

    /** For how long journals keep messages as a rule. */
    public static final Duration HISTORY = Duration.ofDays(30);

    /** The shortest pause between two messages sent as documented (green-api.md §4.1). */
    public static final Duration MIN_SEND_DELAY = Duration.ofMillis(500);

    /** Where metrics are usually told. Where that is taken they are told at a free port instead, with a warning. */
    public static final InetSocketAddress METRICS = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 9464);

    public GatewaySettings {
        quotas = Map.copyOf(quotas);
    }

    /** The same on a simulator with this admin interface. */
    public GatewaySettings withSimulator(URI adminUrl) {
        return new GatewaySettings(
                listen,
                publicUrl,
                data,
                masterKey,
                partnerToken,
                requestTimeout,
                rateLimits,
                quotas,
                minSendDelay,
                metricsListen,
                history,
                privateAddresses,
                webhooks,
                filesRoom,
                filesBucket,
                Optional.of(adminUrl),
                clock,
                random);
    }

    @Override
    public String toString() {
        return "GatewaySettings[listen=" + listen + ", data=" + data + "]";
    }
}
