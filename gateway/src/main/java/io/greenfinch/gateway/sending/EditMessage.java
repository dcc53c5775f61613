package io.greenfinch.gateway.sending;

import io.greenfinch.gateway.chat.JournalBody;
import io.greenfinch.gateway.chat.MessageReading;
import io.greenfinch.gateway.chat.MessageStatus;
import io.greenfinch.gateway.chat.MessageWriting;
import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.Field;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.instance.Instance;
import io.greenfinch.gateway.store.MessageTable.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Gives another text for one of ours to the queue of what is to be sent (green-api.md §11.6). */
public record EditMessage(Sending sending) implements ApiMethod.OfInstance {

    /** So long can a text be changed; an edit that comes later is accepted, and then told as failed. */
    private static final Duration EDITABLE = Duration.ofMinutes(15);

    private static final Field<String> TEXT = Field.required("message", SendFields.TEXT);

    @Override
    public Descriptor descriptor() {
        return Descriptor.post("editMessage", 1)
                .taking(SendFields.CHAT, SendFields.MESSAGE, TEXT)
                .answering(Sending.ANSWER);
    }

    @Override
    public Reply handle(Call call, Instance instance) {
        String id = call.get(SendFields.MESSAGE);
        Optional<Entry> own = sending.own(instance, call.get(SendFields.CHAT), id);
        if (own.isEmpty()) {
            return SendFields.unknown(id);
        }
        if (JournalBody.of(own.get())
                .filter(body -> body.original().isEmpty()
                        && MessageReading.text(body.content()).isPresent())
                .isEmpty()) {
            return Reply.error(400, "Message " + id + " is not a text");
        }
        if (SendFields.neverSent(own.get())) {
            return SendFields.notSent(id);
        }
        Instant now = sending.messages().clock().instant();
        Draft edit = new Draft(
                "editMessage",
                call.get(SendFields.CHAT),
                SendFields.about(call).put("message", call.get(TEXT)),
                MessageWriting.edit(call.get(SendFields.CHAT), id, call.get(TEXT), now));
        Instant last = own.get().at().plus(EDITABLE);
        boolean waits =
                own.get().status().filter(MessageStatus.PENDING.wire()::equals).isPresent();
        return sending.give(instance, waits || !now.isAfter(last) ? edit : edit.notAfter(last), call.record());
    }
}
