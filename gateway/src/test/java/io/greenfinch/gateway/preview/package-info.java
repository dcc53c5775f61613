@NullMarked
package io.greenfinch.gateway.preview;

import org.jspecify.annotations.NullMarked;
