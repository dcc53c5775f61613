/** Many instances, everything at once, with faults and kills, and nothing untrue. */
@NullMarked
package io.greenfinch.interop.soak;

import org.jspecify.annotations.NullMarked;
