/** What phones show, without sockets. */
@NullMarked
package io.greenfinch.simulator.phone;

import org.jspecify.annotations.NullMarked;
