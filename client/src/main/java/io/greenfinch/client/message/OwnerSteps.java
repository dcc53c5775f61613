package io.greenfinch.client.message;

import io.greenfinch.client.group.KnownGroup;
import io.greenfinch.client.group.Participant;
import io.greenfinch.client.stanza.Wire;
import io.greenfinch.client.store.MissingStateException;
import io.greenfinch.protocol.binary.Jid;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Short steps on the session's thread for work that waits elsewhere for their end. Thread-safe. */
final class OwnerSteps {

    private static final Logger log = LoggerFactory.getLogger(OwnerSteps.class);

    private final MessageContext context;
    private final Wire wire;

    OwnerSteps(MessageContext context, Wire wire) {
        this.context = context;
        this.wire = wire;
    }

    /** Runs a step in its turn. One that fails changes nothing, and is told by an empty value. */
    <T> void run(CompletableFuture<Optional<T>> end, Runnable step) {
        context.owner()
                .execute(() -> context.steps().run(List.of(), () -> {
                    try {
                        step.run();
                    } catch (MissingStateException missing) {
                        throw missing;
                    } catch (RuntimeException e) {
                        log.error(
                                "A step of session {} failed: {}",
                                context.instance(),
                                e.getClass().getName());
                        end.complete(Optional.empty());
                    }
                }));
    }

    /** Makes a change and waits until it is stored; false when it was not before the deadline. */
    boolean run(Instant deadline, Consumer<PendingState> change) {
        CompletableFuture<Optional<Boolean>> stored = new CompletableFuture<>();
        run(stored, () -> {
            PendingState state = new PendingState(context.state());
            change.accept(state);
            context.intake().add(state.changes(), List.of(), () -> stored.complete(Optional.of(true)));
        });
        return await(stored, deadline).isPresent();
    }

    /** Makes a change in its turn. */
    void change(Consumer<PendingState> change) {
        run(new CompletableFuture<>(), () -> {
            PendingState state = new PendingState(context.state());
            change.accept(state);
            context.intake().add(state.changes(), List.of());
        });
    }

    /** What a step came to; empty when it failed, or was not done before the deadline. */
    <T> Optional<T> await(CompletableFuture<Optional<T>> end, Instant deadline) {
        CompletableFuture<Boolean> ended = end.thenApply(value -> true);
        return wire.await(ended, deadline) ? end.join() : Optional.empty();
    }

    /** The devices of a chat are to be asked for anew. From any thread. */
    void forgetDevices(Jid chat) {
        if (chat.isGroup()) {
            for (Participant participant : context.book()
                    .find(chat)
                    .map(KnownGroup::group)
                    .map(group -> group.participants())
                    .orElse(List.of())) {
                participant.person().pn().ifPresent(context.devices()::forget);
                participant.person().lid().ifPresent(context.devices()::forget);
            }
        } else {
            context.devices().forget(chat);
        }
        context.account().get().ifPresent(own -> {
            context.devices().forget(own.pn());
            own.lid().ifPresent(context.devices()::forget);
        });
    }
}
