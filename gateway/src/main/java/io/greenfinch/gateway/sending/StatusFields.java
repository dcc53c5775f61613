package io.greenfinch.gateway.sending;

import io.greenfinch.gateway.chat.ChatNames;
import io.greenfinch.gateway.chat.StatusAudience;
import io.greenfinch.gateway.group.ChatIds;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Field;
import io.greenfinch.gateway.http.FieldType;
import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.Shape;
import io.greenfinch.gateway.instance.Instance;
import io.greenfinch.gateway.store.ContactTable;
import io.greenfinch.gateway.store.MessageTable;
import io.greenfinch.protocol.binary.Jid;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Fields that methods of status updates have in common (green-api.md §13). */
final class StatusFields {

    /** So many may see one. */
    private static final int MOST = 1024;

    /** So many messages are looked through for those whom the account knows. */
    private static final int LATEST = 20_000;

    private static final Pattern COLOR = Pattern.compile("(#[0-9A-Fa-f]{6})?");

    /** Who may see it. */
    static final Field<Optional<List<Jid>>> PARTICIPANTS =
            Field.optional("participants", FieldType.array(0, MOST, ChatIds.PERSON_ID));

    /** Behind a text, or a voice. */
    static final Field<Optional<String>> BACKGROUND = Field.optional(
            "backgroundColor",
            FieldType.TEXT
                    .and(FieldType.is(
                            (JsonNode value) ->
                                    COLOR.matcher(value.stringValue()).matches(),
                            "must be one of the next formats: '#RRGGBB'"))
                    .shaped(Shape.pattern(COLOR.pattern())));

    private StatusFields() {}

    /** A text of a call that is not empty. */
    static Optional<String> filled(Optional<String> text) {
        return text.filter(value -> !value.isEmpty());
    }

    /** Those whom a call names; where it names nobody, those whom the account knows. */
    static StatusAudience audience(Call call, Instance instance, MessageTable messages, ContactTable contacts) {
        Optional<List<Jid>> named = call.get(PARTICIPANTS).filter(people -> !people.isEmpty());
        return named.map(people ->
                        new StatusAudience(people.stream().map(ChatNames::of).toList(), true))
                .orElseGet(() -> everybody(instance, messages, contacts));
    }

    /** All in its address book; of an account without one all to whom something was written lately: who only writes to us is nobody that we know. */
    private static StatusAudience everybody(Instance instance, MessageTable messages, ContactTable contacts) {
        List<String> known = contacts.all(instance.id(), MOST).stream()
                .map(ContactTable.Contact::person)
                .toList();
        return new StatusAudience(
                known.isEmpty()
                        ? messages.writtenTo(instance.id(), LATEST).stream()
                                .limit(MOST)
                                .toList()
                        : known,
                false);
    }

    /** What the queue shows of a request ends with this. */
    static ObjectNode with(StatusAudience audience, ObjectNode request) {
        if (audience.chosen()) {
            audience.people().forEach(request.putArray("participants")::add);
        }
        return request;
    }

    /** What the queue shows of how it looks. */
    static ObjectNode look(Call call) {
        ObjectNode request = Json.object();
        filled(call.get(BACKGROUND)).ifPresent(color -> request.put("backgroundColor", color));
        return request;
    }
}
