/** Keeping worlds, without sockets. */
@NullMarked
package io.greenfinch.simulator.snapshot;

import org.jspecify.annotations.NullMarked;
