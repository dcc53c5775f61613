/** Our ciphers and those of other clients, in conversations without a service in between. */
@NullMarked
package io.greenfinch.interop.cipher;

import org.jspecify.annotations.NullMarked;
