/** WABinary, the stanza encoding of the multi-device protocol: nodes, JIDs, token tables, encoder and decoder (specification §5, §6). */
@NullMarked
package io.greenfinch.protocol.binary;

import org.jspecify.annotations.NullMarked;
