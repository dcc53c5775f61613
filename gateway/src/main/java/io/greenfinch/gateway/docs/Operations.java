package io.greenfinch.gateway.docs;

import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.Descriptor.Trait;
import io.greenfinch.gateway.http.Field;
import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.Shape;
import io.greenfinch.gateway.http.Verb;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes the operations of the OpenAPI document: what a method takes and answers comes from its descriptor, the prose about
 * it from a file (docs/adr/0007-method-descriptors.md). For one document and one thread.
 */
final class Operations {

    private static final String OF_INSTANCE = "400 401 403 408 429 466 500 503 ";
    private static final int UNAVAILABLE = 503;

    private static final String OF_PARTNER = "408 429 500 503 ";

    private final ObjectNode schemas;
    private final JsonNode sharedProse;
    private final JsonNode statuses;

    /**
     * Operations of a document.
     *
     * @param components its shared parts: {@code statuses}, the names of answers that are the same whatever the method, is
     *     taken out; of schemas that descriptors name there is only the prose, which is completed
     */
    Operations(ObjectNode components) {
        statuses = components.remove("statuses");
        schemas = components.withObject("schemas");
        sharedProse = schemas.deepCopy();
    }

    /**
     * Adds the path of a method.
     *
     * @param prose its file
     */
    void add(ObjectNode paths, ApiMethod of, JsonNode prose) {
        Descriptor method = of.descriptor();
        boolean partner = of instanceof ApiMethod.OfPartner;
        String path = partner
                ? "/partner/" + method.name() + "/{partnerToken}"
                : "/waInstance{idInstance}/" + method.name() + "/{apiTokenInstance}";
        ObjectNode item = paths.putObject(
                path + method.segment().map(last -> "/{" + last.name() + "}").orElse(""));
        ArrayNode parameters = item.putArray("parameters");
        (partner ? Stream.of("PartnerToken") : Stream.of("IdInstance", "ApiTokenInstance"))
                .forEach(each -> parameters.add(reference("parameters", each)));
        method.segment().ifPresent(last -> parameters.add(parameter(last.name(), "path", true, last.shape(), prose)));
        for (Verb verb : method.verbs()) {
            String key = verb.name().toLowerCase(Locale.ROOT);
            boolean first = verb == method.verbs().getFirst();
            String more = first ? "" : "By" + verb.name().charAt(0) + key.substring(1);
            ObjectNode operation = item.putObject(key).put("operationId", method.name() + more);
            operation.putArray("tags").add(prose.path("tag"));
            describe(operation, method, verb, partner, first ? prose : prose.path(key));
        }
    }

    private void describe(ObjectNode operation, Descriptor method, Verb verb, boolean partner, JsonNode prose) {
        copy(prose, operation, "summary", "description");
        boolean post = verb == Verb.POST;
        List<ObjectNode> parameters = post
                ? List.of(reference("parameters", "IdempotencyKey"))
                : method.fields().all().stream()
                        .map(field -> query(field, prose))
                        .toList();
        if (!parameters.isEmpty()) {
            operation.set("parameters", Json.of(parameters));
        }
        if (post && !method.fields().all().isEmpty()) {
            operation.set("requestBody", requestBody(method, prose));
        }
        ObjectNode responses = operation.putObject("responses");
        boolean socket = method.has(Trait.SOCKET);
        responses.set(socket ? "101" : "200", success(method, partner, prose));
        addShared(
                responses,
                (partner ? OF_PARTNER : OF_INSTANCE)
                        + (post ? "400 415 502 " : "")
                        + (method.has(Trait.UNCERTAIN) ? "502 " : "")
                        + (socket ? "426" : ""));
        method.reasons().forEach((status, words) -> {
            if (status != 200) {
                ObjectNode response = response(prose.path(status.toString()), words);
                response.set("content", json(reference("schemas", "Error")));
                if (status == UNAVAILABLE) {
                    response.withObject("headers").set("Retry-After", reference("headers", "RetryAfter"));
                }
                responses.set(status.toString(), response);
            }
        });
    }

    /** Adds answers that are the same whatever the method, by their statuses. */
    void addShared(ObjectNode responses, String which) {
        for (String status : which.split(" ")) {
            responses.set(status, reference("responses", statuses.path(status).stringValue()));
        }
    }

    private ObjectNode query(Field<?> field, JsonNode prose) {
        return parameter(field.name(), "query", field.required(), field.type().shape(), prose);
    }

    private ObjectNode parameter(String name, String in, boolean required, Shape shape, JsonNode prose) {
        ObjectNode parameter = Json.object().put("name", name).put("in", in);
        JsonNode text = prose.path("fields").path(name);
        if (text.isString()) {
            parameter.set("description", text);
        }
        return parameter.put("required", required).set("schema", published(shape.schema(), prose));
    }

    private ObjectNode requestBody(Descriptor method, JsonNode prose) {
        ObjectNode media = Json.object();
        media.set("schema", published(method.fields().shape().schema(), prose));
        boolean form = !method.fields().files().isEmpty();
        if (form) {
            ObjectNode encoding = media.putObject("encoding");
            for (Field<?> field : method.fields().all()) {
                JsonNode type = field.shape().schema().path("contentMediaType");
                if (type.isString()) {
                    encoding.putObject(field.name()).set("contentType", type);
                }
            }
        }
        if (prose.has("request")) {
            media.set("example", prose.path("request"));
        }
        ObjectNode body = Json.object().put("required", !method.fields().optional());
        ObjectNode content = body.putObject("content");
        content.set(form ? "multipart/form-data" : "application/json", media);
        if (method.has(Trait.RAW)) {
            content.putObject("*/*").set("schema", Json.object());
        }
        return body;
    }

    private ObjectNode success(Descriptor method, boolean partner, JsonNode prose) {
        ObjectNode response = response(prose, method.reasons().getOrDefault(200, ""));
        if (method.has(Trait.EMPTY)) {
            return response;
        }
        JsonNode schema = published(method.answer().schema(), prose);
        if (method.has(Trait.SOCKET)) {
            return response.set("x-frames", schema);
        }
        if (method.has(Trait.STREAM)) {
            ObjectNode stream = Json.object();
            ObjectNode text = stream.putObject("text/event-stream");
            text.set("schema", Shape.TEXT.schema());
            copy(prose, text, "example");
            response.set("content", stream);
            return response.set("x-events", schema);
        }
        if (partner) {
            ObjectNode either = Json.object();
            either.putArray("oneOf").add(schema).add(reference("schemas", "PartnerFailure"));
            schema = either;
        }
        ObjectNode content = json(schema);
        copy(prose, (ObjectNode) content.path("application/json"), "example", "examples");
        return response.set("content", content);
    }

    /** An answer that may bear one of these reasons, as described by {@code answer} and {@code reasons} of {@code prose}. */
    private static ObjectNode response(JsonNode prose, String words) {
        ObjectNode response =
                Json.object().put("description", prose.path("answer").stringValue());
        if (!words.isEmpty()) {
            List<String> reasons = Arrays.stream(words.split(" +")).toList();
            String listed = ("`" + String.join("`, `", reasons) + "`")
                    .replace("`" + Descriptor.REFUSED + "`", "or `refused-` and WhatsApp's own code");
            ObjectNode header = response.putObject("headers").putObject("Greenfinch-Reason");
            header.put("description", prose.path("reasons").stringValue().replace("{reasons}", listed));
            Shape shape = reasons.contains(Descriptor.REFUSED)
                    ? Shape.pattern("(" + String.join("|", reasons).replace(Descriptor.REFUSED, "refused-[0-9]+") + ")")
                    : Shape.words(reasons.toArray(String[]::new));
            header.set("schema", shape.schema());
        }
        return response;
    }

    /** A schema with the prose about its members; what has a name becomes a reference to a shared schema. */
    private JsonNode published(JsonNode schema, JsonNode prose) {
        if (schema.isArray()) {
            return Json.of(
                    schema.valueStream().map(each -> published(each, prose)).toList());
        }
        if (!(schema instanceof ObjectNode)) {
            return schema;
        }
        String name = schema.path(Shape.NAME).asString("");
        JsonNode own = name.isEmpty() ? prose : sharedProse.path(name);
        ObjectNode copy = Json.object();
        schema.properties().forEach(each -> copy.set(each.getKey(), published(each.getValue(), own)));
        for (Map.Entry<String, JsonNode> member : copy.path("properties").properties()) {
            JsonNode text = own.path("fields").path(member.getKey());
            if (text.isString()) {
                ((ObjectNode) member.getValue()).set("description", text);
            }
        }
        if (name.isEmpty()) {
            return copy;
        }
        copy.remove(Shape.NAME);
        copy(own, copy, "description", "examples");
        schemas.set(name, copy);
        return reference("schemas", name);
    }

    private static ObjectNode json(JsonNode schema) {
        ObjectNode content = Json.object();
        content.putObject("application/json").set("schema", schema);
        return content;
    }

    private static ObjectNode reference(String kind, String name) {
        return Json.object().put("$ref", "#/components/" + kind + "/" + name);
    }

    private static void copy(JsonNode from, ObjectNode to, String... names) {
        for (String name : names) {
            if (from.has(name)) {
                to.set(name, from.path(name));
            }
        }
    }
}
