/** Linking a companion: QR text, ADV device identity, the client payload (specification §4, §7). */
@NullMarked
package io.greenfinch.protocol.pairing;

import org.jspecify.annotations.NullMarked;
