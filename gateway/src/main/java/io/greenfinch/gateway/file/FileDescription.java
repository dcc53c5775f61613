package io.greenfinch.gateway.file;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is known of a file beside its bytes. Immutable; {@link #toString} shows nothing of it.
 *
 * @param name its name, with an extension as a rule
 * @param type its media type; may be empty
 * @param message the message that tells of it, where it comes from one
 */
public record FileDescription(String name, String type, Optional<Source> message) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** A message of the journal. */
    public record Source(String chat, String id) {}

    /** The form in which it is stored. */
    public byte[] bytes() {
        ObjectNode node =
                JsonNodeFactory.instance.objectNode().put("name", name).put("type", type);
        message.ifPresent(source -> node.put("chat", source.chat).put("message", source.id));
        return JSON.writeValueAsBytes(node);
    }

    /** What was stored; nothing is known where that is none of ours. */
    public static FileDescription of(byte[] bytes) {
        try {
            JsonNode node = JSON.readTree(bytes);
            return new FileDescription(
                    node.path("name").asString(""),
                    node.path("type").asString(""),
                    node.has("message")
                            ? Optional.of(new Source(
                                    node.path("chat").asString(""),
                                    node.path("message").asString("")))
                            : Optional.empty());
        } catch (JacksonException e) {
            return new FileDescription("", "", Optional.empty());
        }
    }

    @Override
    public String toString() {
        return "FileDescription[hidden]";
    }
}
