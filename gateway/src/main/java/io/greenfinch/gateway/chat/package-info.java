/** Messages as callers see them: who, where, what, and how far. Knows nothing of HTTP and of tables. */
@NullMarked
package io.greenfinch.gateway.chat;

import org.jspecify.annotations.NullMarked;
