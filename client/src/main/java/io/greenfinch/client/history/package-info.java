/** What the account's phone tells a new companion of its chats: fetched, read, and handed on a little at a time (specification §22). */
@NullMarked
package io.greenfinch.client.history;

import org.jspecify.annotations.NullMarked;
