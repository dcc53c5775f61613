/** Groups of the simulated service: their state and the rules of who may do what (specification §16, §17). No sockets, no stanzas. */
@NullMarked
package io.greenfinch.simulator.group;

import org.jspecify.annotations.NullMarked;
