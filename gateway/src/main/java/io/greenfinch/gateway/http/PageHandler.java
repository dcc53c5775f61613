package io.greenfinch.gateway.http;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Answers GET for a few fixed paths and nothing else. Thread-safe. */
public final class PageHandler extends Handler.Abstract {

    private final Routes routes;
    private final Replies replies;

    public PageHandler(Map<List<String>, Supplier<Reply>> pages, Clock clock) {
        this.routes = new Routes(List.of(), pages);
        this.replies = new Replies(clock);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        RequestPath path = RequestPath.parse(
                Objects.requireNonNullElse(request.getHttpURI().getPath(), "/"));
        Reply answer = switch (path) {
            case RequestPath.Other other ->
                routes.find(other, request.getMethod()).map(Supplier::get).orElseGet(() -> notFound(path));
            case RequestPath.OfInstance instance -> notFound(path);
            case RequestPath.OfPartner partner -> notFound(path);
        };
        replies.send(answer, path.masked(), response, callback);
        return true;
    }

    private static Reply notFound(RequestPath path) {
        return Reply.error(404, "There is nothing at " + path.masked());
    }
}
