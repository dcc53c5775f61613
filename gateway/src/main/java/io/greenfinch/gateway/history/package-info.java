/** Methods that tell what was written: the journals. */
@NullMarked
package io.greenfinch.gateway.history;

import org.jspecify.annotations.NullMarked;
