/** Doing things later. */
@NullMarked
package io.greenfinch.simulator.time;

import org.jspecify.annotations.NullMarked;
