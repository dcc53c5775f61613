/** Who is there, who is told of it, and who types (specification §24). */
@NullMarked
package io.greenfinch.simulator.presence;

import org.jspecify.annotations.NullMarked;
