/** What several tests of this module use. */
@NullMarked
package io.greenfinch.protocol;

import org.jspecify.annotations.NullMarked;
