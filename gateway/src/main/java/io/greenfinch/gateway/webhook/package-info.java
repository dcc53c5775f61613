/** Notifications sent to the addresses that callers named. */
@NullMarked
package io.greenfinch.gateway.webhook;

import org.jspecify.annotations.NullMarked;
