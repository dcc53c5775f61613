package io.greenfinch.gateway.console;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Something that is made when it is first asked for, once. Thread-safe. */
final class Lazily<T> implements Supplier<T> {

    private final Supplier<T> making;
    private volatile @Nullable T made;

    private Lazily(Supplier<T> making) {
        this.making = making;
    }

    static <T> Supplier<T> of(Supplier<T> making) {
        return new Lazily<>(making);
    }

    @Override
    public T get() {
        T known = made;
        if (known == null) {
            synchronized (this) {
                known = made;
                if (known == null) {
                    known = making.get();
                    made = known;
                }
            }
        }
        return known;
    }
}
