/**
 * Pictures of people and groups: who may see and change them, and where their bytes are served (specification §25). No sockets and
 * no stanzas.
 */
@NullMarked
package io.greenfinch.simulator.picture;

import org.jspecify.annotations.NullMarked;
