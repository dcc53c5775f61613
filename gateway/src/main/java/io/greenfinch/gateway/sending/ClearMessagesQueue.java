package io.greenfinch.gateway.sending;

import io.greenfinch.gateway.chat.MessageStatus;
import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.http.Shape;
import io.greenfinch.gateway.instance.Instance;
import java.util.List;

/**
 * Sends nothing of what waits, but for a message that is on its way already; in the journals what was dropped is failed
 * (green-api.md §8).
 */
public record ClearMessagesQueue(Sending sending) implements ApiMethod.OfInstance {

    @Override
    public Descriptor descriptor() {
        return Descriptor.get("clearMessagesQueue", 1).answering(Shape.object("isCleared", Shape.TRUE));
    }

    @Override
    public Reply handle(Call call, Instance instance) {
        sending.drop(
                instance.id(),
                id -> sending.messages()
                        .advance(
                                instance.id(),
                                id,
                                MessageStatus.FAILED.before(),
                                MessageStatus.FAILED.wire(),
                                message -> List.of()));
        return Reply.flag("isCleared", true);
    }
}
