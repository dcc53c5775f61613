package io.greenfinch.gateway.receiving;

import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.Descriptor.Trait;
import io.greenfinch.gateway.http.Field;
import io.greenfinch.gateway.http.FieldType;
import io.greenfinch.gateway.http.HttpServer;
import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.ObjectShape;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.instance.Instance;
import io.greenfinch.gateway.notification.Outbox;
import io.greenfinch.gateway.notification.Outbox.Awaited;
import io.greenfinch.gateway.store.OutboxTable.Waiting;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.node.NullNode;

/**
 * Tells the oldest notification, or waits for one (green-api.md §6.2). It is told again until it is deleted, so that a caller who
 * went away has missed nothing.
 */
public record ReceiveNotification(Outbox outbox) implements ApiMethod.OfInstance {

    private static final long STANDARD_SECONDS = 5;
    private static final Field<Optional<Long>> TIMEOUT = Field.optional(
            "receiveTimeout",
            FieldType.integer(STANDARD_SECONDS, HttpServer.LONGEST_WAIT.toSeconds())
                    .describedBy("default", Json.of(STANDARD_SECONDS)));

    private static final ObjectShape<Waiting> RECEIVED = ObjectShape.of(Waiting.class)
            .number("receiptId", Waiting::receipt)
            .with(
                    "body",
                    Notifications.ANY,
                    waiting -> Json.parse(new String(waiting.body().orElseThrow(), StandardCharsets.UTF_8)));

    @Override
    public Descriptor descriptor() {
        return Descriptor.get("receiveNotification", 100)
                .with(Trait.POLLED)
                .taking(TIMEOUT)
                .answering(RECEIVED.shape().orNull());
    }

    @Override
    public Reply handle(Call call, Instance instance) {
        Duration patience = Duration.ofSeconds(call.get(TIMEOUT).orElse(STANDARD_SECONDS));
        Awaited awaited = outbox.await(
                instance.id(),
                outbox.deadline(patience),
                () -> Polling.refusal(instance).isPresent());
        return switch (awaited) {
            case Awaited.Found found -> Reply.ok(RECEIVED.of(found.notification()));
            case Awaited.Nothing nothing -> Polling.refusal(instance).orElseGet(() -> Reply.ok(NullNode.getInstance()));
            case Awaited.Busy busy ->
                Reply.error(429, "Too Many Requests").withReason("busy").withRetryAfter(1);
        };
    }
}
