@NullMarked
package io.greenfinch.protocol.text;

import org.jspecify.annotations.NullMarked;
