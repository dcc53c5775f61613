/**
 * Requests and answers, and the one exchange around them, apart from what they are about (specification §0 "IQ", §26.1). What a
 * feature asks for is an operation in the feature's own room.
 */
@NullMarked
package io.greenfinch.client.stanza;

import org.jspecify.annotations.NullMarked;
