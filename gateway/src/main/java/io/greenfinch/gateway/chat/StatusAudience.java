package io.greenfinch.gateway.chat;

import io.greenfinch.client.message.Audience;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Who may see a status update, as the API writes them (green-api.md §13). Immutable; {@link #toString} names nobody.
 *
 * @param chosen whether a caller has chosen them; else they are all whom the account has written with
 */
public record StatusAudience(List<String> people, boolean chosen) {

    public StatusAudience {
        people = List.copyOf(people);
    }

    /** As the engine takes it. */
    public Audience audience() {
        return new Audience(people.stream().map(ChatNames::jid).toList(), chosen);
    }

    /** The form in which it is stored. */
    public ObjectNode node() {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("chosen", chosen);
        people.forEach(node.putArray("people")::add);
        return node;
    }

    /** What was stored; empty where there is none. */
    public static Optional<StatusAudience> of(JsonNode stored) {
        return stored.isObject()
                ? Optional.of(new StatusAudience(
                        stored.path("people")
                                .valueStream()
                                .map(person -> person.asString(""))
                                .toList(),
                        stored.path("chosen").asBoolean(false)))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return "StatusAudience[" + people.size() + "]";
    }
}
