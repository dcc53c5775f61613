/** Keeping a simulated world in a file. */
@NullMarked
package io.greenfinch.simulator.snapshot;

import org.jspecify.annotations.NullMarked;
