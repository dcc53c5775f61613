package io.greenfinch.gateway.account;

import io.greenfinch.gateway.http.Field;
import io.greenfinch.gateway.http.FieldType;
import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.Shape;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * Something of the account that not everybody need see or do (whatsapp-protocol.md §25).
 *
 * @param name in the API
 * @param category WhatsApp's word for it
 * @param field whom it may be set to, in WhatsApp's words: {@code contact_blacklist}, all contacts but some, is set on the phone
 */
record PrivacyField(String name, String category, Field<Optional<String>> field) {

    static final List<PrivacyField> ALL = List.of(
            of("lastSeen", "last", "all", "contacts", "none"),
            of("online", "online", "all", "match_last_seen"),
            of("profilePicture", "profile", "all", "contacts", "none"),
            of("about", "status", "all", "contacts", "none"),
            of("readReceipts", "readreceipts", "all", "none"),
            of("groupAdd", "groupadd", "all", "contacts"),
            of("callAdd", "calladd", "all", "known"),
            of("messages", "messages", "all", "contacts"));

    private static PrivacyField of(String name, String category, String... values) {
        List<String> words = List.of(values);
        FieldType<String> type = FieldType.TEXT
                .and(FieldType.is(
                        value -> Set.copyOf(words).contains(value.stringValue()),
                        "must be one of [" + String.join(", ", words) + "]"))
                .shaped(Shape.words(values));
        return new PrivacyField(name, category, Field.optional(name, type));
    }

    /** All of them as an answer has them; one that WhatsApp did not tell is empty. */
    static Shape shape() {
        Shape shape = Shape.object();
        for (PrivacyField each : ALL) {
            shape = shape.and(each.name(), Shape.TEXT);
        }
        return shape.named("PrivacySettings");
    }

    /** The same for values by WhatsApp's words. */
    static ObjectNode node(Map<String, String> told) {
        ObjectNode node = Json.object();
        ALL.forEach(each -> node.put(each.name(), told.getOrDefault(each.category(), "")));
        return node;
    }
}
