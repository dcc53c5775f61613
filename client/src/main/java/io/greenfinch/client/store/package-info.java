/** The storage port: what a session keeps, and the rules under which it is kept. */
@NullMarked
package io.greenfinch.client.store;

import org.jspecify.annotations.NullMarked;
