/** Options that several commands have. */
@NullMarked
package io.greenfinch.app.options;

import org.jspecify.annotations.NullMarked;
