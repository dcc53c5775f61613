/** What phones show, without sockets. */
@NullMarked
package io.greenfinch.simulator.world;

import org.jspecify.annotations.NullMarked;
