package io.greenfinch.gateway.receiving;

import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.instance.Instance;
import java.util.Optional;

/** Whether notifications of an instance can be polled for (green-api.md §6.1). */
final class Polling {

    private Polling() {}

    /** The answer to who polls although that is not possible, or not any more. */
    static Optional<Reply> refusal(Instance instance) {
        if (instance.deleted().isPresent()) {
            return Optional.of(Reply.error(400, "Instance is deleted"));
        }
        return instance.settings().text("webhookUrl").isEmpty()
                ? Optional.empty()
                : Optional.of(Reply.error(
                        400, "Message cannot be received because custom webhook url is set. Please clear webhook url"));
    }
}
