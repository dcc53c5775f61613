/**
 * Messages: sending them to people and groups, reading what comes in, receipts and retries (specification §14, §15). What
 * was written is in the content alone, which no {@code toString} shows.
 */
@NullMarked
package io.greenfinch.client.message;

import org.jspecify.annotations.NullMarked;
