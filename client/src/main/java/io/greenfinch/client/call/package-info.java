/** Phone calls, as far as companions are told of them: that somebody calls, and what became of it (specification §25). */
@NullMarked
package io.greenfinch.client.call;

import org.jspecify.annotations.NullMarked;
