/** Parts of the admin interface, without sockets. */
@NullMarked
package io.greenfinch.simulator.admin;

import org.jspecify.annotations.NullMarked;
