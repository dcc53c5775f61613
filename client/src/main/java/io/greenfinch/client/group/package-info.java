/** Groups as a companion sees them, and what can be done to them (specification §16 to §18). */
@NullMarked
package io.greenfinch.client.group;

import org.jspecify.annotations.NullMarked;
