package io.greenfinch.simulator.trace;

import io.greenfinch.protocol.binary.Node;
import java.time.Clock;
import java.util.List;
import java.util.function.LongSupplier;

/** The last stanzas and the last requests of all connections. Keep-alive pings are no requests here. Thread-safe. */
public final class Trace {

    private static final int STANZAS = 2_000;
    private static final int IQS = 20_000;
    private static final int MAX_TEXT = 1_000;

    private final Ring<TracedStanza> stanzas = new Ring<>(STANZAS);
    private final Ring<TracedIq> iqs = new Ring<>(IQS);
    private final Clock clock;
    private final LongSupplier nanos;

    /** An empty trace; {@code nanos} tells the times of requests. */
    public Trace(Clock clock, LongSupplier nanos) {
        this.clock = clock;
        this.nanos = nanos;
    }

    /** The clock of the times of requests. */
    public long nanos() {
        return nanos.getAsLong();
    }

    /** Notes a stanza of a client. */
    public void received(String device, Node stanza) {
        add(device, stanza, true);
    }

    /** Notes a stanza to a client. */
    public void sent(String device, Node stanza) {
        add(device, stanza, false);
    }

    private void add(String device, Node stanza, boolean received) {
        String text = stanza.toString();
        stanzas.add(new TracedStanza(
                clock.instant(), received, device, text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) : text));
    }

    /** Notes a request, which had been read at {@code received}. */
    public TracedIq iq(String device, Node iq, long received) {
        TracedIq traced = new TracedIq(
                iq.attribute("id").orElse(""),
                device,
                iq.attribute("xmlns").orElse(""),
                iq.attribute("type").orElse(""),
                iq.children().isEmpty() ? "" : iq.children().getFirst().tag(),
                received);
        if (!traced.xmlns().equals("w:p")) {
            iqs.add(traced);
        }
        return traced;
    }

    /** The last stanzas, oldest first. */
    public List<TracedStanza> stanzas() {
        return stanzas.all();
    }

    /** The last requests, oldest first. */
    public List<TracedIq> iqs() {
        return iqs.all();
    }
}
