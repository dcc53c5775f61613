package io.greenfinch.gateway.console;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** What a message says, in a line: its text; of any other kind what it is, and what is written in it. */
final class MessageLine {

    /** Members in which people write, the most telling first. */
    private static final List<String> WRITTEN = List.of(
            "textMessage",
            "text",
            "caption",
            "fileName",
            "nameLocation",
            "displayName",
            "name",
            "groupName",
            "contentText",
            "selectedDisplayText",
            "selectedButtonText",
            "title");

    private MessageLine() {}

    /** Of an item of a journal, of what it quotes, or of the data of a notification. */
    static String of(JsonNode message) {
        String type = message.path("typeMessage").asString("");
        String written = written(message).orElse("");
        boolean text = List.of("textMessage", "extendedTextMessage", "quotedMessage", "")
                .contains(type);
        return text ? written : ("[" + type.replaceFirst("Message$", "") + "] " + written).strip();
    }

    private static Optional<String> written(JsonNode message) {
        Stream<JsonNode> parts = Stream.concat(
                Stream.of(message),
                message.properties().stream()
                        .filter(member ->
                                member.getValue().isObject() && !member.getKey().equals("quotedMessage"))
                        .map(member -> member.getValue()));
        List<JsonNode> all = parts.toList();
        return WRITTEN.stream()
                .flatMap(name -> all.stream().map(part -> part.path(name).asString("")))
                .filter(found -> !found.isEmpty())
                .findFirst();
    }
}
