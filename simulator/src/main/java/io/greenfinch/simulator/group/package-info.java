/**
 * Groups of the simulated service: their state, and the rules of who may do what (specification §16, §17, §19). No sockets and no
 * stanzas; what happens is told as an event.
 */
@NullMarked
package io.greenfinch.simulator.group;

import org.jspecify.annotations.NullMarked;
