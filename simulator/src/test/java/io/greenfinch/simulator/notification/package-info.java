/** Who is told what, without sockets. */
@NullMarked
package io.greenfinch.simulator.notification;

import org.jspecify.annotations.NullMarked;
