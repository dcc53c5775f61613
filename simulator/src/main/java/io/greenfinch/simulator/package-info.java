/** Placeholder. */
@NullMarked
package io.greenfinch.simulator;

import org.jspecify.annotations.NullMarked;
