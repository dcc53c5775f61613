/** Methods that take notifications by polling, and those about their queue. */
@NullMarked
package io.greenfinch.gateway.receiving;

import org.jspecify.annotations.NullMarked;
