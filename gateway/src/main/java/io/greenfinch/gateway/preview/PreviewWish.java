package io.greenfinch.gateway.preview;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a caller wants shown of a link. Immutable.
 *
 * @param link the address in the text
 * @param custom what the caller says of it, instead of what stands at the address
 * @param large whether its picture is to be shown large
 */
public record PreviewWish(String link, Optional<JsonNode> custom, boolean large) {

    private static final Pattern LINK = Pattern.compile("(?i)\\bhttps?://[^\\s<>\"]{4,2000}");

    /** The first link of a text, without what ends the sentence; empty where there is none. */
    public static Optional<PreviewWish> of(String text, Optional<JsonNode> custom, boolean large) {
        Optional<String> said =
                custom.map(node -> node.path("link").asString("")).filter(link -> !link.isEmpty());
        Matcher found = LINK.matcher(text);
        Optional<String> written = found.find() ? Optional.of(ended(found.group())) : Optional.empty();
        return said.filter(text::contains).or(() -> written).map(link -> new PreviewWish(link, custom, large));
    }

    /** Without what ends a sentence; a bracket that was opened in the link belongs to it. */
    private static String ended(String link) {
        String plain = link.replaceFirst("[.,;:!?'’»”]+$", "");
        return (plain.endsWith(")") && !plain.contains("(")) || plain.endsWith("]") || plain.endsWith("}")
                ? ended(plain.substring(0, plain.length() - 1))
                : plain;
    }

    /** The form in which it is stored. */
    public ObjectNode node() {
        ObjectNode node =
                JsonNodeFactory.instance.objectNode().put("link", link).put("large", large);
        custom.ifPresent(own -> node.set("custom", own));
        return node;
    }

    /** What was stored; empty when that is none of ours. */
    public static Optional<PreviewWish> of(JsonNode stored) {
        return stored.path("link").isString()
                ? Optional.of(new PreviewWish(
                        stored.path("link").stringValue(),
                        stored.has("custom") ? Optional.of(stored.path("custom")) : Optional.empty(),
                        stored.path("large").asBoolean(false)))
                : Optional.empty();
    }

    /** Links are part of what was written. */
    @Override
    public String toString() {
        return "PreviewWish[hidden]";
    }
}
