package io.greenfinch.client.message;

import io.greenfinch.client.SessionEvent;
import io.greenfinch.client.SessionEvent.MessageRefused;
import io.greenfinch.client.stanza.Answer;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Refusal;
import io.greenfinch.client.stanza.Request;
import io.greenfinch.client.stanza.Silence;
import io.greenfinch.client.stanza.StanzaTime;
import io.greenfinch.client.stanza.Wire;
import io.greenfinch.client.store.Change;
import io.greenfinch.client.store.StateKey;
import io.greenfinch.client.store.StateKind;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Sends one message (specification §14): its bytes, and WhatsApp's word. Blocks, as
 * {@link Messages#send}; thread-safe, for one call about a chat at a time.
 */
final class MessageSending {

    /** A server that is overloaded is asked again after this time, and then ever later. */
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final MessageContext context;
    private final Wire wire;
    private final SentMessages sent;
    private final OutgoingStanzas stanzas;
    private final TrustTokens tokens;
    private final OwnerSteps steps;

    /** @param taken as of {@link OutgoingStanzas} */
    MessageSending(
            MessageContext context,
            Wire wire,
            RecipientSearch search,
            SentMessages sent,
            TrustTokens tokens,
            Set<String> taken) {
        this.context = context;
        this.wire = wire;
        this.sent = sent;
        this.tokens = tokens;
        this.steps = new OwnerSteps(context, wire);
        this.stanzas = new OutgoingStanzas(context, wire, search, sent, tokens, taken, steps);
    }

    Outcome<SentMessage> send(OutgoingMessage message, Instant deadline) {
        boolean anew = false;
        boolean left = false;
        Duration pause = FIRST_PAUSE;
        while (true) {
            Outcome<Node> stanza = stanzas.find(message, anew, deadline);
            if (!(stanza instanceof Outcome.Done<Node>(Node bytes))) {
                if (stanza instanceof Outcome.Refused<Node>(Refusal reason, int code, var none)) {
                    return refused(message, List.of(OutgoingStanzas.place(message.id())), reason, code, deadline);
                }
                return stanza instanceof Outcome.Unknown<Node>(Silence why)
                                && (why == Silence.UNKNOWN || why == Silence.NOT_SENT)
                        ? unknown(left || stanzas.taken().contains(message.id()))
                        : stanza.instead();
            }
            Answer answer = exchange(message, bytes, deadline);
            boolean repeated = anew;
            switch (answer) {
                case Answer.Result accepted -> {
                    sent.tidy();
                    Jid reached = reached(message, bytes);
                    if (isPerson(reached) && !isSelf(reached)) {
                        tokens.give(reached, wire, steps);
                    }
                    Instant at = StanzaTime.of(accepted.stanza(), "t")
                            .orElse(context.shared().wall().instant());
                    return new Outcome.Done<>(new SentMessage(message.id(), at));
                }
                case Answer.Refused error
                when SendErrors.isStale(error.code()) && !repeated -> {
                    anew = true; // WhatsApp took no copy
                    forgetDevices(message, bytes);
                    if (!steps.run(
                            deadline,
                            state -> OutgoingStanzas.untold(message.id(), bytes).forEach(state::remove))) {
                        return new Outcome.Unknown<>(Silence.UNKNOWN);
                    }
                }
                case Answer.Refused error
                when error.code() == SendErrors.TOO_MANY -> {
                    return new Outcome.Unknown<>(Silence.RATE_LIMITED);
                }
                case Answer.Refused error
                when SendErrors.isPassing(error.code()) -> {
                    left = true;
                    Instant next = wire.clock().instant().plus(pause);
                    if (!next.isBefore(deadline)) {
                        return new Outcome.Unknown<>(Silence.UNKNOWN);
                    }
                    wire.pause(new CompletableFuture<>(), next);
                    pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
                }
                case Answer.Refused error -> {
                    return refused(
                            message,
                            OutgoingStanzas.untold(message.id(), bytes),
                            SendErrors.reason(
                                    message.chat(),
                                    error.code(),
                                    bytes.child("tctoken").isPresent()),
                            error.code(),
                            deadline);
                }
                case Answer.Lost lost -> {
                    left = true;
                    if (!wire.awaitOnline(deadline)) {
                        return new Outcome.Unknown<>(Silence.UNKNOWN);
                    }
                }
                case Answer.Unanswered unanswered -> {
                    return new Outcome.Unknown<>(Silence.UNKNOWN);
                }
                case Answer.NotSent notSent -> {
                    return unknown(left);
                }
                case Answer.NotLinked notLinked -> {
                    return new Outcome.Unknown<>(Silence.NOT_LINKED);
                }
            }
        }
    }

    /** Whether WhatsApp may have it is known only while no byte has left. */
    private static Outcome<SentMessage> unknown(boolean left) {
        return new Outcome.Unknown<>(left ? Silence.UNKNOWN : Silence.NOT_SENT);
    }

    /** The name that it goes to, where the caller has another for the same person. */
    private static Jid reached(OutgoingMessage message, Node stanza) {
        return stanza.jid("to").orElse(message.chat());
    }

    /** Sends it and waits for WhatsApp's word; that it was accepted is stored before this returns. */
    private Answer exchange(OutgoingMessage message, Node stanza, Instant deadline) {
        CompletableFuture<Optional<Answer>> done = new CompletableFuture<>();
        wire.send(new Request(stanza, deadline, answer -> {
            if (answer instanceof Answer.Result accepted) {
                Instant at = StanzaTime.of(accepted.stanza(), "t")
                        .orElse(context.shared().wall().instant());
                if (accepted.stanza().attribute("phash").isPresent()
                        && !accepted.stanza().attribute("phash").equals(stanza.attribute("phash"))) {
                    forgetDevices(message, stanza);
                }
                List<SessionEvent> told = new MessageEvents(context).accepted(message, at);
                stanzas.taken().add(message.id()); // nothing is missing any more: this is not begun again
                context.intake().add(List.of(new Change.Remove(StateKind.OUTGOING, message.id())), told, () -> {
                    stanzas.taken().remove(message.id());
                    done.complete(Optional.of(answer));
                });
            } else {
                done.complete(Optional.of(answer));
            }
        }));
        return steps.await(done, deadline).orElseGet(Answer.Unanswered::new);
    }

    /** What is known of the devices that a stanza was for was not right. */
    private void forgetDevices(OutgoingMessage message, Node stanza) {
        if (message.chat().isStatus()) {
            stanza.child("participants").map(all -> all.children("to")).orElse(List.of()).stream()
                    .flatMap(to -> to.jid("jid").stream())
                    .map(Jid::account)
                    .distinct()
                    .forEach(steps::forgetDevices);
        } else {
            steps.forgetDevices(reached(message, stanza));
        }
    }

    private Outcome<SentMessage> refused(
            OutgoingMessage message, List<StateKey> untold, Refusal reason, int code, Instant deadline) {
        List<Change> changes = untold.stream()
                .<Change>map(key -> new Change.Remove(key.kind(), key.key()))
                .toList();
        CompletableFuture<Optional<Boolean>> stored = new CompletableFuture<>();
        steps.run(
                stored,
                () -> context.intake()
                        .add(
                                changes,
                                List.of(new MessageRefused(
                                        context.shared().wall().instant(), message.id(), message.chat(), reason, code)),
                                () -> stored.complete(Optional.of(true))));
        return steps.await(stored, deadline).isPresent()
                ? new Outcome.Refused<>(reason, code)
                : new Outcome.Unknown<>(Silence.UNKNOWN);
    }

    private static boolean isPerson(Jid chat) {
        return !chat.isGroup() && !chat.isStatus();
    }

    private boolean isSelf(Jid chat) {
        return context.account().get().filter(own -> own.is(chat)).isPresent();
    }
}
