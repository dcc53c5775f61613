/**
 * A faithful WhatsApp service on loopback, as a library: {@link io.greenfinch.simulator.Simulator} is where to begin. Here is only
 * what puts the rooms together, and what a program that runs a simulator needs.
 */
@NullMarked
package io.greenfinch.simulator;

import org.jspecify.annotations.NullMarked;
