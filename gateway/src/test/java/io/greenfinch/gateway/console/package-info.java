/** Tests of the console. */
@NullMarked
package io.greenfinch.gateway.console;

import org.jspecify.annotations.NullMarked;
