/**
 * Messages and receipts on their way through the service: what it refuses, whom it delivers to, what it tells the sender
 * (specification §14, §15, §26.3). It never looks inside what is encrypted, and knows no sockets and no phones' screens.
 */
@NullMarked
package io.greenfinch.simulator.message;

import org.jspecify.annotations.NullMarked;
