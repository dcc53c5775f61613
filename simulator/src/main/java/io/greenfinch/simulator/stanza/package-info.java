/** Parts of stanzas that several rooms write or read: groups, devices, errors. Pure functions between the world's types and nodes; nothing here changes or sends anything. */
@NullMarked
package io.greenfinch.simulator.stanza;

import org.jspecify.annotations.NullMarked;
