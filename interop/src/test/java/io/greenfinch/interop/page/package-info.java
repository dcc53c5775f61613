/** The clients that the method's own documentation page shows, as processes and libraries of their own. */
@NullMarked
package io.greenfinch.interop.page;

import org.jspecify.annotations.NullMarked;
