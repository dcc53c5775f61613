/** What the devices of an account know in common, encrypted for the server that keeps it (specification §23). */
@NullMarked
package io.greenfinch.protocol.appstate;

import org.jspecify.annotations.NullMarked;
