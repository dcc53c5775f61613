package io.greenfinch.client.message;

import java.time.Instant;

/**
 * A message that WhatsApp has accepted.
 *
 * @param at when, by its clock
 */
public record SentMessage(String id, Instant at) {}
