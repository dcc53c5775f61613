/** The simulated world as one whole: everything that exists, under one lock, with one order of changes; and what the phones see of it. */
@NullMarked
package io.greenfinch.simulator.world;

import org.jspecify.annotations.NullMarked;
