/** Programs under test as processes of their own: the built app, the launcher, and what they leave behind. */
@NullMarked
package io.greenfinch.interop.program;

import org.jspecify.annotations.NullMarked;
