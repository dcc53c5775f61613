/** The pages by which people see and drive a gateway in a browser, at {@code /console}. */
@NullMarked
package io.greenfinch.gateway.console;

import org.jspecify.annotations.NullMarked;
