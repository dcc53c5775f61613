package io.greenfinch.simulator.group;

import java.util.function.Function;

/** What came of a request as a whole: done, with what it gave, or refused. */
public sealed interface Verdict<T> {

    /** The request was carried out. */
    record Granted<T>(T value) implements Verdict<T> {}

    /** The request was refused and nothing was changed. */
    record Refused<T>(Refusal refusal) implements Verdict<T> {}

    /** A granted verdict without a value. */
    static Verdict<Done> done() {
        return new Granted<>(Done.DONE);
    }

    static <T> Verdict<T> granted(T value) {
        return new Granted<>(value);
    }

    static <T> Verdict<T> refused(Refusal refusal) {
        return new Refused<>(refusal);
    }

    /** Goes on with the value, or passes the refusal on. */
    default <R> Verdict<R> then(Function<T, Verdict<R>> next) {
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
