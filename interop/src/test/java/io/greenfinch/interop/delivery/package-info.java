/** Many instances that write and are written to, with kills: no message is lost, doubled or out of place. */
@NullMarked
package io.greenfinch.interop.delivery;

import org.jspecify.annotations.NullMarked;
