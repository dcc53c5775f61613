/** The script {@code ./greenfinch}. */
@NullMarked
package io.greenfinch.interop.launcher;

import org.jspecify.annotations.NullMarked;
