package io.greenfinch.simulator.trace;

import java.time.Instant;

/**
 * A stanza that went over the wire.
 *
 * @param at when
 * @param received true when it came from the client
 * @param device the companion's address; empty during registration
 * @param stanza tags and attributes, the length of contents, cut after a thousand characters
 */
public record TracedStanza(Instant at, boolean received, String device, String stanza) {}
