package io.greenfinch.simulator.group;

import java.util.function.Function;

/** What came of a request as a whole: done, with what it gave, or refused. */
public sealed interface ServiceDecision<T> {

    /** The request was carried out. */
    record Granted<T>(T value) implements ServiceDecision<T> {}

    /** The request was refused and nothing was changed. */
    record Refused<T>(ServiceRefusal refusal) implements ServiceDecision<T> {}

    /** A granted verdict without a value. */
    static ServiceDecision<Done> done() {
        return new Granted<>(Done.DONE);
    }

    static <T> ServiceDecision<T> granted(T value) {
        return new Granted<>(value);
    }

    static <T> ServiceDecision<T> refused(ServiceRefusal refusal) {
        return new Refused<>(refusal);
    }

    /** Goes on with the value, or passes the refusal on. */
    default <R> ServiceDecision<R> then(Function<T, ServiceDecision<R>> next) {
        return switch (this) {
            case Granted<T>(T value) -> next.apply(value);
            case Refused<T>(ServiceRefusal refusal) -> refused(refusal);
        };
    }

    /** Nothing more to say. */
    enum Done {
        DONE
    }
}
