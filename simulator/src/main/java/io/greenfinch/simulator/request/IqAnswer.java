package io.greenfinch.simulator.request;

import io.greenfinch.protocol.binary.Node;
import io.greenfinch.simulator.group.Decision;
import io.greenfinch.simulator.group.Refusal;
import io.greenfinch.simulator.stanza.ServerStanzas;
import java.util.List;
import java.util.function.Function;

/** The answer to a request. */
public sealed interface IqAnswer {

    /** It was carried out. */
    record Result(List<Node> children) implements IqAnswer {}

    /** It was refused as a whole. */
    record Refused(Refusal refusal) implements IqAnswer {}

    static IqAnswer result(Node... children) {
        return new Result(List.of(children));
    }

    static IqAnswer refused(Refusal refusal) {
        return new Refused(refusal);
    }

    /** A result made of what a verdict granted, or its refusal. */
    static <T> IqAnswer of(Decision<T> verdict, Function<T, IqAnswer> granted) {
        return switch (verdict) {
            case Decision.Granted<T>(T value) -> granted.apply(value);
            case Decision.Refused<T>(Refusal refusal) -> refused(refusal);
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
            case Refused(Refusal refusal) ->
                ServerStanzas.answer(request)
                        .attribute("type", "error")
                        .child(ServerStanzas.error(refusal))
                        .build();
        };
    }
}
