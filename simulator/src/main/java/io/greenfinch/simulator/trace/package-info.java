/** What went over the wire lately: stanzas without content, and how long requests took. Only looked at, never acted upon. */
@NullMarked
package io.greenfinch.simulator.trace;

import org.jspecify.annotations.NullMarked;
