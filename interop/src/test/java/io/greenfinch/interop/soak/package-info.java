/** Many instances, everything at once, with faults and kills: nothing untrue is said of memberships. */
@NullMarked
package io.greenfinch.interop.soak;

import org.jspecify.annotations.NullMarked;
