package io.greenfinch.simulator.chat;

import io.greenfinch.protocol.binary.Node;
import io.greenfinch.simulator.chat.Outgoing.Manner;
import io.greenfinch.simulator.fault.Effect;
import io.greenfinch.simulator.request.IqAnswer;
import io.greenfinch.simulator.request.IqRequest;
import io.greenfinch.simulator.stanza.ServerStanzas;
import io.greenfinch.simulator.trace.TracedIq;
import io.greenfinch.simulator.world.World;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One request and its answer, with whatever is to go wrong between them. The answer is queued before the notifications that the request
 * causes, because those are published at the end of the change in which the request is worked on (specification §27.3).
 */
final class IqDispatch {

    private final CompanionStream stream;
    private final ChatService service;
    private final ConnectionWriter writer;
    private final Node iq;
    private final TracedIq traced;

    IqDispatch(CompanionStream stream, Node iq, long received) {
        this.stream = stream;
        this.service = stream.service();
        this.writer = stream.writer();
        this.iq = iq;
        this.traced = service.trace().iq(stream.name(), iq, received);
    }

    /** Works on the request. Called inside a change of the world. */
    void begin() {
        Optional<Effect> fault = service.faults().hit(stream.party(), iq);
        if (fault.isEmpty()) {
            answer(work(Optional.empty()), Manner.PROPERLY);
            return;
        }
        switch (fault.get()) {
            case Effect.AnswerError(int code, String text, OptionalLong backoff, boolean processed) -> {
                workIf(processed);
                answer(error(code, text, backoff), Manner.PROPERLY);
            }
            case Effect.NoAnswer(boolean processed) -> workIf(processed);
            case Effect.Delay(Duration by, boolean processed) -> delay(by, processed);
            case Effect.Cut(boolean processed) -> {
                // Cut first, so that the echo of the request does not get out on this connection.
                writer.cut();
                workIf(processed);
            }
            case Effect.HalfOpen(boolean processed) -> {
                writer.freeze();
                workIf(processed);
            }
            case Effect.StreamError error -> FaultyDelivery.strike(stream, error);
            case Effect.EchoFirst _ -> {
                Node answer = work(Optional.empty());
                service.world().publish();
                answer(answer, Manner.PROPERLY);
            }
            case Effect.Duplicate _, Effect.Reorder _, Effect.Corrupt _, Effect.Fragment _ ->
                answer(work(Optional.empty()), FaultyDelivery.manner(fault.get()));
            case Effect.LeaveError _, Effect.EmptyLeave _, Effect.AbsentGroup _, Effect.ParticipantError _ ->
                answer(work(fault), Manner.PROPERLY);
            case Effect.Unreadable _, Effect.LoginFailure _, Effect.LinkDown _ ->
                answer(work(Optional.empty()), Manner.PROPERLY);
        }
    }

    private void delay(Duration by, boolean processed) {
        World world = service.world();
        if (processed) {
            Node answer = work(Optional.empty());
            service.timer().after(by, () -> answer(answer, Manner.PROPERLY));
        } else {
            service.timer().after(by, () -> world.change(() -> answer(work(Optional.empty()), Manner.PROPERLY)));
        }
    }

    private void workIf(boolean processed) {
        if (processed) {
            work(Optional.empty());
        }
    }

    private Node work(Optional<Effect> twist) {
        IqAnswer answer = service.router().answer(new IqRequest(iq, stream.device(), twist));
        return answer.stanza(iq, service.world().seconds());
    }

    private Node error(int code, String text, OptionalLong backoff) {
        Node.Builder error = ServerStanzas.error(code, text);
        backoff.ifPresent(seconds -> error.attribute("backoff", seconds));
        return ServerStanzas.answer(iq).attribute("type", "error").child(error).build();
    }

    private void answer(Node answer, Manner manner) {
        String outcome = answer.child("error")
                .map(error -> "error " + error.attribute("code").orElse(""))
                .orElse("result");
        writer.send(answer, manner, () -> traced.answered(service.trace().nanos(), outcome));
        // Who asked is served before those who only hear of it.
        service.flushLater(writer);
    }
}
