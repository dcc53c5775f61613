@NullMarked
package io.greenfinch.gateway.receiving;

import org.jspecify.annotations.NullMarked;
