package io.greenfinch.gateway.sending;

import io.greenfinch.client.Session;
import io.greenfinch.client.message.Messages.Composing;
import io.greenfinch.client.stanza.Silence;
import io.greenfinch.gateway.group.Reasons;
import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.Descriptor.Trait;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.instance.Instance;
import java.time.Duration;
import java.util.Optional;

/** Shows in a chat that something is typed, or spoken (green-api.md §5.11). Nothing is queued: it is shown now, or not at all. */
public record SendTyping(Sending sending) implements ApiMethod.OfInstance {

    private static final Duration STANDARD = Duration.ofSeconds(5);

    @Override
    public Descriptor descriptor() {
        return Descriptor.post("sendTyping", 10)
                .taking(SendFields.CHAT, SendFields.TYPING, SendFields.TYPING_TYPE)
                .with(Trait.EMPTY);
    }

    @Override
    public Reply handle(Call call, Instance instance) {
        Optional<Session> session = instance.linkedSession();
        if (session.isEmpty()) {
            return Reply.notLinked();
        }
        if (!session.get().account().status().online()) {
            return Reasons.noAnswer(Silence.NOT_SENT);
        }
        Duration time = call.get(SendFields.TYPING)
                .filter(millis -> millis > 0)
                .map(Duration::ofMillis)
                .orElse(STANDARD);
        boolean spoken = call.get(SendFields.TYPING_TYPE)
                .filter(SendFields.RECORDING::equals)
                .isPresent();
        sending.typing()
                .show(
                        instance.id(),
                        session.get(),
                        call.get(SendFields.CHAT),
                        spoken ? Composing.VOICE : Composing.TEXT,
                        time);
        return Reply.empty(200);
    }
}
