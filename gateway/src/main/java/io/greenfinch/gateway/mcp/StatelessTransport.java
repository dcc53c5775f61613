package io.greenfinch.gateway.mcp;

import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.server.McpStatelessServerHandler;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import io.modelcontextprotocol.spec.McpStatelessServerTransport;
import io.modelcontextprotocol.spec.ProtocolVersions;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Brings single messages to the protocol's server and its answers back. Thread-safe once the server has set itself. */
final class StatelessTransport implements McpStatelessServerTransport {

    private volatile @Nullable McpStatelessServerHandler handler;

    @Override
    public void setMcpHandler(McpStatelessServerHandler server) {
        handler = server;
    }

    @Override
    public Mono<Void> closeGracefully() {
        return Mono.empty();
    }

    @Override
    public List<String> protocolVersions() {
        return List.of(
                ProtocolVersions.MCP_2025_03_26, ProtocolVersions.MCP_2025_06_18, ProtocolVersions.MCP_2025_11_25);
    }

    /** What the server answers; blocks. */
    JSONRPCResponse answer(McpTransportContext context, JSONRPCRequest request, Duration timeout) {
        return Objects.requireNonNull(server().handleRequest(context, request)
                .contextWrite(each -> each.put(McpTransportContext.KEY, context))
                .block(timeout));
    }

    private McpStatelessServerHandler server() {
        return Objects.requireNonNull(handler);
    }
}
