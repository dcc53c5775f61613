/** The rules of groups, without sockets. */
@NullMarked
package io.greenfinch.simulator.group;

import org.jspecify.annotations.NullMarked;
