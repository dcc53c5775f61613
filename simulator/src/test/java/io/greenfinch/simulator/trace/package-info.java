/** What went over the wire, without sockets. */
@NullMarked
package io.greenfinch.simulator.trace;

import org.jspecify.annotations.NullMarked;
