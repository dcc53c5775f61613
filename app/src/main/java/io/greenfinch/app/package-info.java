/** Placeholder. */
@NullMarked
package io.greenfinch.app;

import org.jspecify.annotations.NullMarked;
