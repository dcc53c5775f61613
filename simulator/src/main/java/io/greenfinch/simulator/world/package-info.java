/**
 * The simulated world as one whole: everything that exists, under one lock, with one order of changes, and the events that tell of
 * them. State enters here when it must change in that order; who wants to hear of it subscribes.
 */
@NullMarked
package io.greenfinch.simulator.world;

import org.jspecify.annotations.NullMarked;
