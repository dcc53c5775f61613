/** A faithful WhatsApp service on loopback, as a library: {@link io.greenfinch.simulator.Simulator} is where to begin. */
@NullMarked
package io.greenfinch.simulator;

import org.jspecify.annotations.NullMarked;
