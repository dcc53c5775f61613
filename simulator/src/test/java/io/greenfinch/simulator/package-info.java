/** The simulator from outside: over its sockets and its admin interface. */
@NullMarked
package io.greenfinch.simulator;

import org.jspecify.annotations.NullMarked;
