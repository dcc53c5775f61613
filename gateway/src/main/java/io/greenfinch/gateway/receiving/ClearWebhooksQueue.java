package io.greenfinch.gateway.receiving;

import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.http.Shape;
import io.greenfinch.gateway.http.Verb;
import io.greenfinch.gateway.instance.Instance;
import io.greenfinch.gateway.notification.Outbox;
import java.time.Duration;
import tools.jackson.databind.node.ObjectNode;

/** Drops all notifications that wait, once a minute at most: a call too many is told so in its body, never by 429 (green-api.md §8). */
public record ClearWebhooksQueue(Outbox outbox) implements ApiMethod.OfInstance {

    @Override
    public Descriptor descriptor() {
        return Descriptor.of("clearWebhooksQueue", 10, Verb.DELETE)
                .answering(Shape.object("isCleared", Shape.FLAG)
                        .and("reason", Shape.words("", "Too many requests"))
                        .maybe("leftTime", Shape.number(1, 60)));
    }

    @Override
    public Reply handle(Call call, Instance instance) {
        Duration left = outbox.clear(instance.id());
        ObjectNode answer = Json.object().put("isCleared", left.isZero());
        return Reply.ok(
                left.isZero()
                        ? answer.put("reason", "")
                        : answer.put("reason", "Too many requests")
                                .put("leftTime", left.plusMillis(999).toSeconds()));
    }
}
