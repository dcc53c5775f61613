@NullMarked
package io.greenfinch.gateway.sending;

import org.jspecify.annotations.NullMarked;
