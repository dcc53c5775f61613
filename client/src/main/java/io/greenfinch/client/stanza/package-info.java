/** Requests and answers on one connection, apart from what they are about (specification §0 "IQ", §26.1). */
@NullMarked
package io.greenfinch.client.stanza;

import org.jspecify.annotations.NullMarked;
