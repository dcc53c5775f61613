/** Leaving groups: one stanza, and whatever it takes to know what became of it (design §5, specification §17). */
@NullMarked
package io.greenfinch.client.leave;

import org.jspecify.annotations.NullMarked;
