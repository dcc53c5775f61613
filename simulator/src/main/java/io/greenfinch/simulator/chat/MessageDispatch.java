package io.greenfinch.simulator.chat;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.simulator.chat.Outgoing.Manner;
import io.greenfinch.simulator.fault.Effect;
import io.greenfinch.simulator.fault.Match;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One message of a companion and its acknowledgement, with whatever is to go wrong between them (specification §14.4). Where a fault says
 * {@code processed}, the message is delivered all the same.
 */
final class MessageDispatch {

    private final CompanionStream stream;
    private final ChatService service;
    private final ConnectionWriter writer;
    private final Node message;

    MessageDispatch(CompanionStream stream, Node message) {
        this.stream = stream;
        this.service = stream.service();
        this.writer = stream.writer();
        this.message = message;
    }

    /** Takes the message. Called inside a change of the world. */
    void begin() {
        Optional<Effect> fault = service.faults().hit(stream.party(), message, Match.SENT_MESSAGE);
        if (fault.isEmpty()) {
            route(writer::send);
            return;
        }
        switch (fault.get()) {
            case Effect.AnswerError error -> {
                routeIf(error.processed());
                writer.send(refusal(error.code()));
            }
            case Effect.NoAnswer(boolean processed) -> routeIf(processed);
            case Effect.Delay(Duration by, boolean processed) -> delay(by, processed);
            case Effect.Cut(boolean processed) -> {
                writer.cut();
                routeIf(processed);
            }
            case Effect.HalfOpen(boolean processed) -> {
                writer.freeze();
                routeIf(processed);
            }
            case Effect.StreamError error -> FaultyDelivery.strike(stream, error);
            default -> {
                Manner manner = FaultyDelivery.manner(fault.get());
                route(ack -> writer.send(ack, manner, () -> {}));
            }
        }
    }

    private void delay(Duration by, boolean processed) {
        Consumer<Node> answer = ack -> {
            writer.send(ack);
            service.flushLater(writer);
        };
        if (processed) {
            route(ack -> service.timer().after(by, () -> answer.accept(ack)));
        } else {
            service.timer().after(by, () -> service.world().change(() -> route(answer)));
        }
    }

    private void routeIf(boolean processed) {
        if (processed) {
            route(_ -> {});
        }
    }

    private void route(Consumer<Node> answer) {
        service.messages().message(stream.device(), message, answer);
    }

    private Node refusal(int code) {
        return Node.element("ack")
                .attribute("class", "message")
                .attribute("id", message.attribute("id").orElse(""))
                .attribute("from", message.jid("to").orElse(Jid.SERVER))
                .attribute("t", service.world().seconds())
                .attribute("error", code)
                .build();
    }
}
