/** Files as WhatsApp stores them: encrypted with keys that only the message tells (specification §20). */
@NullMarked
package io.greenfinch.protocol.media;

import org.jspecify.annotations.NullMarked;
