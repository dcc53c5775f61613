package io.greenfinch.app;

import java.net.BindException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One clear sentence for what stopped the program. */
final class Failure {

    private Failure() {}

    static String sentence(Throwable failure) {
        String bind = find(failure, BindException.class)
                .map(found -> "The address is taken or not ours: " + text(failure) + ".")
                .orElse("");
        if (!bind.isEmpty()) {
            return bind;
        }
        String message = failure.getMessage();
        return message == null || message.isBlank()
                ? "Stopped by " + failure.getClass().getName() + "."
                : message;
    }

    private static String text(Throwable failure) {
        String message = failure.getMessage();
        return message == null ? "bind failed" : message;
    }

    private static <T extends Throwable> Optional<T> find(Throwable failure, Class<T> type) {
        @Nullable Throwable current = failure;
        for (int depth = 0; current != null && depth < 20; depth++) {
            if (type.isInstance(current)) {
                return Optional.of(type.cast(current));
            }
            current = current.getCause();
        }
        return Optional.empty();
    }
}
