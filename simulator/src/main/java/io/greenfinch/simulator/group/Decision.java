package io.greenfinch.simulator.group;

import java.util.function.Function;

/** What came of a request as a whole: done, with what it gave, or refused. */
public sealed interface Decision<T> {

    /** The request was carried out. */
    record Granted<T>(T value) implements Decision<T> {}

    /** The request was refused and nothing was changed. */
    record Refused<T>(Refusal refusal) implements Decision<T> {}

    /** A granted verdict without a value. */
    static Decision<Done> done() {
        return new Granted<>(Done.DONE);
    }

    static <T> Decision<T> granted(T value) {
        return new Granted<>(value);
    }

    static <T> Decision<T> refused(Refusal refusal) {
        return new Refused<>(refusal);
    }

    /** Goes on with the value, or passes the refusal on. */
    default <R> Decision<R> then(Function<T, Decision<R>> next) {
        return switch (this) {
            case Granted<T>(T value) -> next.apply(value);
            case Refused<T>(Refusal refusal) -> refused(refusal);
        };
    }

    /** Nothing more to say. */
    enum Done {
        DONE
    }
}
