/** Curve25519 as the protocol uses it: key pairs, X25519 agreement, XEdDSA signatures, HKDF; AES-GCM (specification §2, §11). */
@NullMarked
package io.greenfinch.protocol.curve;

import org.jspecify.annotations.NullMarked;
