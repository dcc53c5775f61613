/** Many instances, everything at once, with faults and kills: nothing untrue is said, and no message is lost, doubled or out of place. */
@NullMarked
package io.greenfinch.interop.soak;

import org.jspecify.annotations.NullMarked;
