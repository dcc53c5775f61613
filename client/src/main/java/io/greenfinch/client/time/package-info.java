/** Doing things later, by a clock that tests can step. */
@NullMarked
package io.greenfinch.client.time;

import org.jspecify.annotations.NullMarked;
