/** Text of others, made fit to be shown. */
@NullMarked
package io.greenfinch.protocol.text;

import org.jspecify.annotations.NullMarked;
