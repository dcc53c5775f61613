package io.greenfinch.gateway.http;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.Objects;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server's own refusals (bad URI, header too large, stopping, …) in the same envelope as everything else. */
final class ServerErrors extends ErrorHandler {

    private static final Logger log = LoggerFactory.getLogger(ServerErrors.class);

    /** What the server calls the path of a request whose first line it can't read. */
    private static final String UNREADABLE = "/badMessage";

    private final Replies replies;

    ServerErrors(Clock clock, boolean origins) {
        replies = new Replies(clock, origins);
        setShowStacks(false);
        setShowCauses(false);
    }

    @Override
    public boolean errorPageForMethod(String method) {
        return true;
    }

    @Override
    protected void generateResponse(
            Request request,
            Response response,
            int code,
            @Nullable String message,
            @Nullable Throwable cause,
            Callback callback) {
        String asked = Objects.requireNonNullElse(request.getHttpURI().getPath(), "/");
        String path = asked.equals(UNREADABLE) ? "/" : asked;
        replies.common(response.getHeaders());
        response.getHeaders().put(Replies.JSON);
        if (code == HttpStatus.SERVICE_UNAVAILABLE_503) {
            response.getHeaders().put(HttpHeader.RETRY_AFTER, "5");
        }
        String masked = RequestPath.parse(path).masked();
        log.debug("{} {} {}", request.getMethod(), masked, code);
        byte[] body = replies.error(code, masked, HttpStatus.getMessage(code));
        response.write(true, ByteBuffer.wrap(body), callback);
    }
}
