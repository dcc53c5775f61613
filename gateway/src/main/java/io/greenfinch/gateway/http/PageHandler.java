package io.greenfinch.gateway.http;

import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Answers GET for a few fixed paths and nothing else, and for programs only: pages of other origins may not read it, nor
 * pages that gave this machine's loopback address a name of theirs. Thread-safe.
 */
public final class PageHandler extends Handler.Abstract {

    private static final Pattern LOOPBACK = Pattern.compile("(?i)localhost|127(\\.[0-9]{1,3}){3}|\\[::1]|::1");

    private final Routes routes;
    private final Replies replies;

    public PageHandler(Map<List<String>, Supplier<Reply>> pages, Clock clock) {
        this.routes = new Routes(List.of(), pages);
        this.replies = new Replies(clock, false);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        RequestPath path = RequestPath.parse(
                Objects.requireNonNullElse(request.getHttpURI().getPath(), "/"));
        Reply answer = foreign(request) ? Reply.error(403, "Ask for this at localhost") : served(request, path);
        replies.send(answer, path.masked(), response, callback);
        return true;
    }

    /** Whether a request on the loopback interface names another host than that. */
    private static boolean foreign(Request request) {
        return request.getConnectionMetaData().getLocalSocketAddress() instanceof InetSocketAddress local
                && local.getAddress().isLoopbackAddress()
                && !LOOPBACK.matcher(Objects.requireNonNullElse(Request.getServerName(request), ""))
                        .matches();
    }

    private Reply served(Request request, RequestPath path) {
        return switch (path) {
            case RequestPath.Other other ->
                routes.find(other, request.getMethod()).map(Supplier::get).orElseGet(() -> notFound(path));
            case RequestPath.OfInstance instance -> notFound(path);
            case RequestPath.OfPartner partner -> notFound(path);
        };
    }

    private static Reply notFound(RequestPath path) {
        return Reply.error(404, "There is nothing at " + path.masked());
    }
}
