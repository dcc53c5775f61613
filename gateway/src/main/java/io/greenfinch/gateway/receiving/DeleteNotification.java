package io.greenfinch.gateway.receiving;

import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.Descriptor.Trait;
import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.http.Shape;
import io.greenfinch.gateway.http.Verb;
import io.greenfinch.gateway.instance.Instance;
import io.greenfinch.gateway.notification.Outbox;
import java.util.Optional;
import java.util.regex.Pattern;

/** Takes a notification that was told out of the queue (green-api.md §6.3). */
public record DeleteNotification(Outbox outbox) implements ApiMethod.OfInstance {

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

    @Override
    public Descriptor descriptor() {
        return Descriptor.of("deleteNotification", 100, Verb.DELETE)
                .with(Trait.POLLED)
                .withSegment("receiptId", Shape.number(1, Long.MAX_VALUE))
                .answering(Shape.object("result", Shape.FLAG).and("reason", Shape.TEXT));
    }

    @Override
    public Reply handle(Call call, Instance instance) {
        Optional<Long> receipt =
                call.segment().filter(text -> NUMBER.matcher(text).matches()).map(Long::parseLong);
        if (receipt.isEmpty()) {
            return Reply.error(400, "Parameter receiptId must be a Number");
        }
        return Polling.refusal(instance).orElseGet(() -> deleted(outbox.remove(instance.id(), receipt.get())));
    }

    private static Reply deleted(boolean done) {
        return Reply.ok(Json.object()
                .put("result", done)
                .put("reason", done ? "" : "There is no notification with this receiptId, or it was deleted already"));
    }
}
