package io.greenfinch.gateway.http;

import java.util.stream.Stream;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Hands calls of methods to their handler at once; whatever else there is goes to the first that takes it. Thread-safe. */
public final class CallsFirst extends Handler.Sequence {

    private static final String METHODS = "/waInstance";

    private final Handler calls;

    /**
     * A handler.
     *
     * @param calls takes whatever no other does
     */
    public CallsFirst(Handler calls, Handler... others) {
        super(Stream.concat(Stream.of(others), Stream.of(calls)).toList());
        this.calls = calls;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        String path = request.getHttpURI().getPath();
        return (path != null && path.startsWith(METHODS))
                ? calls.handle(request, response, callback)
                : super.handle(request, response, callback);
    }
}
