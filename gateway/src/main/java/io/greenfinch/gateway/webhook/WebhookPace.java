package io.greenfinch.gateway.webhook;

import java.time.Duration;

/**
 * How long a receiver is waited for.
 *
 * @param timeout for its answer
 * @param pause before the same notification is sent again
 */
public record WebhookPace(Duration timeout, Duration pause) {

    /** As GREEN-API has it (green-api.md §6.1). */
    public static final WebhookPace DOCUMENTED = new WebhookPace(Duration.ofSeconds(180), Duration.ofSeconds(60));
}
