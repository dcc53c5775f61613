package io.greenfinch.gateway;

import io.greenfinch.client.message.Messages;
import io.greenfinch.client.message.OutgoingMessage;
import io.greenfinch.client.message.SentMessage;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Silence;
import io.greenfinch.protocol.binary.Jid;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** Messages of a session without a connection: what becomes of one is as the test says. Thread-safe. */
public final class ScriptedMessages implements Messages {

    private final ConcurrentLinkedQueue<OutgoingMessage> sent = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> shown = new ConcurrentLinkedQueue<>();
    private final AtomicInteger ids = new AtomicInteger();
    private volatile Function<OutgoingMessage, Outcome<SentMessage>> sending =
            message -> new Outcome.Unknown<>(Silence.NOT_SENT);

    /** Sets what sending does. */
    public void sending(Function<OutgoingMessage, Outcome<SentMessage>> answer) {
        sending = answer;
    }

    /** What was given to be sent, each time that it was. */
    public List<OutgoingMessage> sent() {
        return new ArrayList<>(sent);
    }

    /** The chats in which writing was shown, as {@code chat writing}. */
    public List<String> shown() {
        return new ArrayList<>(shown);
    }

    @Override
    public Outcome<SentMessage> send(OutgoingMessage message, Instant deadline) {
        sent.add(message);
        return sending.apply(message);
    }

    @Override
    public Outcome<Integer> markRead(Jid chat, Optional<Jid> sender, List<String> ids, Instant deadline) {
        return new Outcome.Unknown<>(Silence.NOT_LINKED);
    }

    @Override
    public void composing(Jid chat, Composing what) {
        shown.add(chat + " " + (what != Composing.NOTHING));
    }

    @Override
    public void giveUp(String id) {
        shown.add(id + " given up");
    }

    @Override
    public String newId() {
        return String.format(Locale.ROOT, "3EB0%018X", ids.incrementAndGet());
    }
}
