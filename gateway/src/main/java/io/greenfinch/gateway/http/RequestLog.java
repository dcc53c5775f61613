package io.greenfinch.gateway.http;

import java.time.Duration;
import org.eclipse.jetty.server.Request;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells operators what is called: each call at debug; those turned away for their token or their rate at info, in so many
 * lines a minute. Paths are masked. Thread-safe.
 */
final class RequestLog {

    static final int LINES = 20;

    private static final Logger log = LoggerFactory.getLogger(RequestLog.class);
    private static final Duration WINDOW = Duration.ofMinutes(1);

    private long began = System.nanoTime();
    private int lines;
    private long untold;

    /** A request was answered; {@code status} is what it means where the answer itself tells it in the body. */
    void answered(Request request, RequestPath path, int status, Duration took) {
        log.debug("{} {} {} {} ms", request.getMethod(), path.masked(), status, took.toMillis());
        if ((status == 401 || status == 429) && log.isInfoEnabled()) {
            turnedAway(
                    request.getMethod() + " " + path.masked() + " " + status + " to " + Request.getRemoteAddr(request));
        }
    }

    private synchronized void turnedAway(String line) {
        if (System.nanoTime() - began > WINDOW.toNanos()) {
            if (untold > 0) {
                log.info("{} more requests were turned away", untold);
            }
            began = System.nanoTime();
            lines = 0;
            untold = 0;
        }
        if (lines < LINES) {
            lines++;
            log.info("{}{}", line, lines == LINES ? "; more of them are only counted for a while" : "");
        } else {
            untold++;
        }
    }
}
