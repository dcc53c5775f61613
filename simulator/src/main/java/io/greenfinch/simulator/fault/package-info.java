/** Faults to order: what the service is to do wrong, to whom, how often. */
@NullMarked
package io.greenfinch.simulator.fault;

import org.jspecify.annotations.NullMarked;
