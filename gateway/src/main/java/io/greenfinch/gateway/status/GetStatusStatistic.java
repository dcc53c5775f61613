package io.greenfinch.gateway.status;

import io.greenfinch.gateway.chat.JournalBody;
import io.greenfinch.gateway.chat.MessageStatus;
import io.greenfinch.gateway.chat.StatusAudience;
import io.greenfinch.gateway.group.MessageIds;
import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.Descriptor.Trait;
import io.greenfinch.gateway.http.Field;
import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.http.Shape;
import io.greenfinch.gateway.instance.Instance;
import io.greenfinch.gateway.store.MessageTable;
import io.greenfinch.gateway.store.MessageTable.Entry;
import io.greenfinch.gateway.store.StatusReceiptTable;
import io.greenfinch.gateway.store.StatusReceiptTable.Receipt;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;

/**
 * Tells how far one of our status updates has come with each who may see it (green-api.md §13): with whom it was chosen for, and with
 * everybody whose device has told.
 */
public record GetStatusStatistic(MessageTable messages, StatusReceiptTable receipts) implements ApiMethod.OfInstance {

    private static final Field<String> MESSAGE = Field.required("idMessage", MessageIds.MESSAGE_ID);

    /** What WhatsApp has. */
    private static final Set<String> TAKEN =
            Set.of(MessageStatus.SENT.wire(), MessageStatus.DELIVERED.wire(), MessageStatus.READ.wire());

    private static final Shape ITEM = Shape.object("participant", Shape.FILLED)
            .and("timestamp", Shape.NUMBER)
            .and("status", Shape.words("sent", "delivered", "read"))
            .named("StatusStatistic");

    @Override
    public Descriptor descriptor() {
        return Descriptor.get("getStatusStatistic", 1)
                .with(Trait.SAFE)
                .taking(MESSAGE)
                .answering(Shape.list(ITEM));
    }

    @Override
    public Reply handle(Call call, Instance instance) {
        String id = call.get(MESSAGE);
        Optional<Entry> posted =
                messages.find(instance.id(), MessageTable.STATUSES, id).filter(Entry::outgoing);
        if (posted.isEmpty()) {
            return Reply.error(400, "Message not found by id " + id);
        }
        List<Receipt> told = receipts.of(instance.id(), id);
        Set<String> known = told.stream().map(Receipt::person).collect(Collectors.toSet());
        ArrayNode all = Json.array();
        Stream.concat(told.stream(), others(posted.get(), known))
                .forEach(receipt -> all.add(Json.object()
                        .put("participant", receipt.person())
                        .put("timestamp", receipt.at().getEpochSecond())
                        .put("status", receipt.status())));
        return Reply.ok(all);
    }

    /** Of those who were not chosen it is not known that the account's own setting lets them see it. */
    private static Stream<Receipt> others(Entry posted, Set<String> known) {
        boolean sent = posted.status().filter(TAKEN::contains).isPresent();
        return JournalBody.of(posted)
                .flatMap(JournalBody::audience)
                .filter(audience -> sent && audience.chosen())
                .map(StatusAudience::people)
                .orElse(List.of())
                .stream()
                .filter(person -> !known.contains(person))
                .map(person -> new Receipt(person, MessageStatus.SENT.wire(), posted.at()));
    }
}
