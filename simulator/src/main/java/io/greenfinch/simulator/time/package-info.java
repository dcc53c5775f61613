/** Doing things later, by real time. Whatever the service has to do after a while enters its one timer. */
@NullMarked
package io.greenfinch.simulator.time;

import org.jspecify.annotations.NullMarked;
