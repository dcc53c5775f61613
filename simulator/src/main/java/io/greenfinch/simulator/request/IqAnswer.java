package io.greenfinch.simulator.request;

import io.greenfinch.protocol.binary.Node;
import io.greenfinch.simulator.group.ServiceDecision;
import io.greenfinch.simulator.group.ServiceRefusal;
import io.greenfinch.simulator.stanza.ServerStanzas;
import java.util.List;
import java.util.function.Function;

/** The answer to a request. */
public sealed interface IqAnswer {

    /** It was carried out. */
    record Result(List<Node> children) implements IqAnswer {}

    /** It was refused as a whole. */
    record Refused(ServiceRefusal refusal) implements IqAnswer {}

    static IqAnswer result(Node... children) {
        return new Result(List.of(children));
    }

    static IqAnswer refused(ServiceRefusal refusal) {
        return new Refused(refusal);
    }

    /** A result made of what a verdict granted, or its refusal. */
    static <T> IqAnswer of(ServiceDecision<T> verdict, Function<T, IqAnswer> granted) {
        return switch (verdict) {
            case ServiceDecision.Granted<T>(T value) -> granted.apply(value);
            case ServiceDecision.Refused<T>(ServiceRefusal refusal) -> refused(refusal);
        };
    }

    /** The answer as a stanza; {@code seconds} is the server's time. */
    default Node stanza(Node request, long seconds) {
        return switch (this) {
            case Result(List<Node> children) ->
                ServerStanzas.answer(request)
                        .attribute("type", "result")
                        .attribute("t", seconds)
                        .children(children)
                        .build();
            case Refused(ServiceRefusal refusal) ->
                ServerStanzas.answer(request)
                        .attribute("type", "error")
                        .child(ServerStanzas.error(refusal))
                        .build();
        };
    }
}
