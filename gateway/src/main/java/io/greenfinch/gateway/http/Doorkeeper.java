package io.greenfinch.gateway.http;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches who is connected: callers whose requests do not come in time are sent away, and when all places are taken there
 * are some left for questions about health, which nothing else is answered on. Thread-safe.
 */
final class Doorkeeper extends Handler.Wrapper {

    /** Beyond the places of callers. */
    static final int SPARE = 16;

    private static final int MOST = 20_000;
    private static final int LEAST = 64;

    private static final Logger log = LoggerFactory.getLogger(Doorkeeper.class);

    private static final Set<List<String>> HEALTH = Set.of(List.of("health", "live"), List.of("health", "ready"));

    /** Questions about health come at once, or are none. */
    private static final Duration SPARE_PATIENCE = Duration.ofSeconds(2);

    private static final Duration BETWEEN_ROUNDS = Duration.ofMillis(500);

    private final Duration patience;
    private final Replies replies;

    /**
     * A keeper who waits so long for the head of a request.
     *
     * @param handler what serves those who are let in
     */
    Doorkeeper(Handler handler, Duration patience, Replies replies) {
        super(handler);
        this.patience = patience;
        this.replies = replies;
    }

    /** How many connections of callers this process has room for: half of the files it may open, sessions need some too. */
    static int places() {
        return places(mostFiles());
    }

    /** Where Linux tells it, it is read there: the JVM's own way starts all of its management. */
    private static long mostFiles() {
        try (Stream<String> limits = Files.lines(Path.of("/proc/self/limits"))) {
            OptionalLong soft = limits.filter(line -> line.startsWith("Max open files "))
                    .map(line -> line.strip().split("\\s+")[3])
                    .filter(number -> number.matches("[0-9]{1,18}"))
                    .mapToLong(Long::parseLong)
                    .findFirst();
            if (soft.isPresent()) {
                return soft.getAsLong();
            }
        } catch (IOException | UncheckedIOException e) {
            log.debug("The system tells no limits in a file: {}", e.toString());
        }
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount()
                : Long.MAX_VALUE;
    }

    static int places(long files) {
        return Math.clamp(files / 2 - SPARE, LEAST, MOST);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (request.getConnectionMetaData().getConnection().getEndPoint() instanceof WatchedEndPoint watched) {
            watched.working();
            Request.addCompletionListener(request, failure -> watched.resting());
            if (watched.spare()) {
                response.getHeaders().put(HttpHeader.CONNECTION, "close");
                RequestPath path = RequestPath.parse(
                        Objects.requireNonNullElse(request.getHttpURI().getPath(), "/"));
                if (!(path instanceof RequestPath.Other other && HEALTH.contains(other.segments()))) {
                    Reply busy = Reply.error(503, "Too many connections").withRetryAfter(5);
                    replies.send(busy, path.masked(), response, callback);
                    return true;
                }
            }
        }
        return super.handle(request, response, callback);
    }

    /** Makes rounds among the connections for as long as they are served. */
    void watch(ServerConnector connector) {
        connector.getConnectedEndPoints().forEach(each -> {
            if (each instanceof WatchedEndPoint watched
                    && watched.overdue(watched.spare() ? SPARE_PATIENCE : patience)) {
                watched.close(new TimeoutException("the request did not come in time"));
            }
        });
        if (connector.isRunning()) {
            connector.getScheduler().schedule(() -> watch(connector), BETWEEN_ROUNDS.toMillis(), TimeUnit.MILLISECONDS);
        }
    }
}
