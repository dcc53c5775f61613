/** The command line, and the one place that puts the program together. */
@NullMarked
package io.greenfinch.app;

import org.jspecify.annotations.NullMarked;
