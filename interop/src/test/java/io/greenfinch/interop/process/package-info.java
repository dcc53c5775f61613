/** The app as processes that are started, stopped and killed. */
@NullMarked
package io.greenfinch.interop.process;

import org.jspecify.annotations.NullMarked;
