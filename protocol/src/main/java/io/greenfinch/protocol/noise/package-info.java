/** The Noise XX handshake, the server's certificate chain, frames and transport encryption (specification §1 to §3). */
@NullMarked
package io.greenfinch.protocol.noise;

import org.jspecify.annotations.NullMarked;
