/** The gateway as a process of its own, killed at bad moments: what was answered stays true, nothing is lost. */
@NullMarked
package io.greenfinch.interop.kill;

import org.jspecify.annotations.NullMarked;
