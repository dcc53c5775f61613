/** Our engine on a store in trouble: what it has promised holds though nothing can be written or read for a while. */
@NullMarked
package io.greenfinch.interop.store;

import org.jspecify.annotations.NullMarked;
