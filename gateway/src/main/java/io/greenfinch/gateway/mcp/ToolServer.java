package io.greenfinch.gateway.mcp;

import io.greenfinch.gateway.docs.Prose;
import io.greenfinch.gateway.http.BearerHandler.Answer;
import io.greenfinch.gateway.http.Fields;
import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.LocalCalls;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.http.Shape;
import io.greenfinch.gateway.http.Told;
import io.greenfinch.gateway.instance.Instance;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.jackson3.JacksonMcpJsonMapper;
import io.modelcontextprotocol.json.schema.JsonSchemaValidator.ValidationResponse;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpStatelessServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import io.modelcontextprotocol.spec.McpSchema.ToolAnnotations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpFields;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Serves the tools by the protocol's own library. Thread-safe. */
final class ToolServer {

    private static final String INSTANCE = "instance";
    private static final String DELIVERIES = "deliveries";
    private static final String VERSION_HEADER = "MCP-Protocol-Version";

    private static final Map<String, McpTool> TOOLS =
            McpTool.ALL.stream().collect(Collectors.toMap(McpTool::name, Function.identity()));

    private final LocalCalls calls;
    private final Duration timeout;
    private final Untrusted untrusted;
    private final JsonMapper json = new JsonMapper();
    private final McpJsonMapper mapper = new JacksonMcpJsonMapper(json);
    private final StatelessTransport transport = new StatelessTransport();

    ToolServer(LocalCalls calls, Duration timeout, SecureRandom random) {
        this.calls = calls;
        this.timeout = timeout;
        this.untrusted = new Untrusted(random);
        McpServer.sync(transport)
                .serverInfo("greenfinch", version())
                .instructions(Untrusted.INSTRUCTIONS)
                .capabilities(ServerCapabilities.builder().tools(false).build())
                .jsonMapper(mapper)
                // Methods look at what they are given themselves, and say what is wrong in the words of the API.
                .validateToolInputs(false)
                .jsonSchemaValidator((schema, value) -> ValidationResponse.asValid(null))
                .requestTimeout(timeout)
                .immediateExecution(true)
                .tools(McpTool.ALL.stream().map(this::specification).toList())
                .addToolFilter((context, tool) -> Optional.ofNullable(TOOLS.get(tool.name()))
                        .map(own -> allowed(instance(context), own))
                        .orElse(false))
                .build();
    }

    Answer answer(Instance instance, HttpFields headers, String body) {
        String version = headers.get(VERSION_HEADER);
        if (version != null && !transport.protocolVersions().contains(version)) {
            return invalid("The version " + Fields.shortened(version) + " of the protocol is not known");
        }
        McpSchema.JSONRPCMessage message;
        try {
            message = McpSchema.deserializeJsonRpcMessage(mapper, body);
        } catch (IOException | RuntimeException e) { // whatever the library throws at what strangers send
            return error(McpSchema.ErrorCodes.PARSE_ERROR, "The body is no message of JSON-RPC 2.0");
        }
        return switch (message) {
            case McpSchema.JSONRPCRequest request -> answered(instance, request);
            // None of them changes anything where nothing is kept between requests.
            case McpSchema.JSONRPCNotification notification -> new Answer(202, "");
            default -> invalid("Only requests and notifications are served");
        };
    }

    private Answer answered(Instance instance, JSONRPCRequest request) {
        List<Reply.Delivery> deliveries = new CopyOnWriteArrayList<>();
        McpTransportContext context = McpTransportContext.create(Map.of(INSTANCE, instance, DELIVERIES, deliveries));
        JSONRPCResponse response;
        try {
            response = transport.answer(context, request, timeout);
        } catch (RuntimeException e) { // parameters that are not those of the method; ours are caught before
            response = JSONRPCResponse.error(
                    request.id(),
                    new JSONRPCResponse.JSONRPCError(
                            McpSchema.ErrorCodes.INVALID_PARAMS, "These are no parameters of this method"));
        }
        try {
            return new Answer(200, mapper.writeValueAsString(response), List.copyOf(deliveries));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Answer invalid(String message) {
        return error(McpSchema.ErrorCodes.INVALID_REQUEST, message);
    }

    private static Answer error(int code, String message) {
        ObjectNode answer = Json.object().put("jsonrpc", "2.0").putNull("id");
        answer.putObject("error").put("code", code).put("message", message);
        return new Answer(400, answer.toString());
    }

    private static String version() {
        return Optional.ofNullable(ToolServer.class.getPackage().getImplementationVersion())
                .orElse("development");
    }

    private static boolean allowed(Instance instance, McpTool tool) {
        return tool.setting().map(instance.settings()::on).orElse(true);
    }

    private static Instance instance(McpTransportContext context) {
        return (Instance) context.get(INSTANCE);
    }

    private SyncToolSpecification specification(McpTool tool) {
        boolean reading = tool.setting().isEmpty();
        ToolAnnotations annotations = ToolAnnotations.builder()
                .title(tool.title())
                .readOnlyHint(reading)
                .destructiveHint(tool.destructive())
                .idempotentHint(reading || tool.destructive())
                .openWorldHint(true)
                .build();
        Tool described = Tool.builder(tool.name(), schema(tool.method()))
                .title(tool.title())
                .description(tool.written() ? tool.description() + " " + Untrusted.NOTE : tool.description())
                .annotations(annotations)
                .build();
        return new SyncToolSpecification(described, (context, request) -> call(context, tool, request));
    }

    /** What the method takes, with the words of the API's description. */
    @SuppressWarnings("unchecked")
    private Map<String, Object> schema(String method) {
        ObjectNode schema = calls.fields(method).shape().schema().deepCopy();
        withoutNames(schema);
        JsonNode words = Prose.of(method).path("fields");
        schema.withObject("properties").properties().forEach(member -> {
            if (member.getValue() instanceof ObjectNode described && words.has(member.getKey())) {
                described.set("description", words.path(member.getKey()));
            }
        });
        return json.convertValue(schema, Map.class);
    }

    private static void withoutNames(JsonNode schema) {
        if (schema instanceof ObjectNode object) {
            object.remove(Shape.NAME);
        }
        schema.forEach(ToolServer::withoutNames);
    }

    @SuppressWarnings("unchecked")
    private static List<Reply.Delivery> deliveries(McpTransportContext context) {
        return (List<Reply.Delivery>) context.get(DELIVERIES);
    }

    private CallToolResult call(McpTransportContext context, McpTool tool, CallToolRequest request) {
        Instance instance = instance(context);
        if (!allowed(instance, tool)) {
            return failed("This is switched off. The owner of the account can allow it with the setting "
                    + tool.setting().orElse("") + ".");
        }
        ObjectNode fields =
                request.arguments() == null ? Json.object() : json.convertValue(request.arguments(), ObjectNode.class);
        Reply reply = calls.callAsProgram(instance, tool.method(), fields);
        reply.delivery().ifPresent(deliveries(context)::add);
        return switch (Told.of(reply)) {
            case Told.Body(JsonNode body, Optional<String> reason) -> {
                String text = body + reason.map(word -> "\nreason: " + word).orElse("");
                yield CallToolResult.builder()
                        .addTextContent(tool.written() ? untrusted.marked(text) : text)
                        .build();
            }
            case Told.Trouble(String message, Optional<String> reason) ->
                failed(message + reason.map(word -> " (" + word + ")").orElse(""));
        };
    }

    private static CallToolResult failed(String message) {
        return CallToolResult.builder().addTextContent(message).isError(true).build();
    }
}
