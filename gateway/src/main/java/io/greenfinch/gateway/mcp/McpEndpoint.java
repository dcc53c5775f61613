package io.greenfinch.gateway.mcp;

import io.greenfinch.gateway.http.BearerHandler;
import io.greenfinch.gateway.http.LocalCalls;
import io.greenfinch.gateway.instance.Instance;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;

/**
 * The Model Context Protocol over HTTP, without sessions (Streamable HTTP of its specification 2025-11-25): tools for the instance
 * whose token the caller brings. What changes something is there only where the instance's settings allow it. Thread-safe; the
 * protocol's library is loaded by the first who asks, for most gateways never need it.
 */
public final class McpEndpoint implements BearerHandler.Program {

    /** The path's one segment. */
    public static final String PATH = "mcp";

    private final LocalCalls calls;
    private final Duration timeout;
    private final SecureRandom random;
    private volatile Optional<ToolServer> server = Optional.empty();

    /**
     * An endpoint.
     *
     * @param timeout by when each request is answered
     */
    public McpEndpoint(LocalCalls calls, Duration timeout, SecureRandom random) {
        this.calls = calls;
        this.timeout = timeout;
        this.random = random;
    }

    @Override
    public BearerHandler.Answer answer(Instance instance, HttpFields headers, String body) {
        return server.orElseGet(this::started).answer(instance, headers, body);
    }

    private synchronized ToolServer started() {
        if (server.isEmpty()) {
            server = Optional.of(new ToolServer(calls, timeout, random));
        }
        return server.orElseThrow();
    }
}
