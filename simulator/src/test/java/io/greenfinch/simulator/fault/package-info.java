/** Faults to order, without sockets. */
@NullMarked
package io.greenfinch.simulator.fault;

import org.jspecify.annotations.NullMarked;
