/** The examples in the documentation, run as they stand there. */
@NullMarked
package io.greenfinch.interop.docs;

import org.jspecify.annotations.NullMarked;
