/** A browser for tests of pages. */
@NullMarked
package io.greenfinch.gateway.browser;

import org.jspecify.annotations.NullMarked;
