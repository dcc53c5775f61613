/** Which addresses on the network may be called because a caller named them. */
@NullMarked
package io.greenfinch.gateway.address;

import org.jspecify.annotations.NullMarked;
