package io.greenfinch.gateway.sending;

import io.greenfinch.gateway.work.Rota;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/** Messages to several chats that are sent at the same time. */
final class SendRound {

    private SendRound() {}

    /**
     * Does all of the work, and waits for its end.
     *
     * @param threads what threads beside the caller's own are called
     * @return the end that lets the instance wait for the longest
     * @throws RuntimeException what one of them has thrown, once all have ended: what is under way must not be begun again
     */
    static Rota.End of(String threads, List<Supplier<Rota.End>> all) {
        List<FutureTask<Rota.End>> work =
                all.stream().map(each -> new FutureTask<>(each::get)).toList();
        work.stream().skip(1).forEach(task -> Thread.ofVirtual().name(threads).start(task));
        work.getFirst().run();
        work.forEach(SendRound::await);
        return work.stream().map(SendRound::end).reduce(SendRound::later).orElseGet(Rota.End.Nothing::new);
    }

    /** However it ends: what was begun has a deadline of its own. */
    private static void await(FutureTask<Rota.End> task) {
        boolean interrupted = false;
        boolean ended = false;
        while (!ended) {
            try {
                task.get();
                ended = true;
            } catch (ExecutionException e) {
                ended = true; // thrown when all have ended
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static Rota.End end(FutureTask<Rota.End> task) {
        return switch (task.state()) {
            case SUCCESS -> task.resultNow();
            default ->
                throw task.exceptionNow() instanceof RuntimeException failure
                        ? failure
                        : new IllegalStateException(task.exceptionNow());
        };
    }

    private static Rota.End later(Rota.End one, Rota.End other) {
        return switch (one) {
            case Rota.End.Nothing nothing -> nothing;
            case Rota.End.More _ -> other;
            case Rota.End.Pause(Duration time) ->
                switch (other) {
                    case Rota.End.Nothing nothing -> nothing;
                    case Rota.End.More _ -> one;
                    case Rota.End.Pause(Duration longer) -> time.compareTo(longer) > 0 ? one : other;
                };
        };
    }
}
