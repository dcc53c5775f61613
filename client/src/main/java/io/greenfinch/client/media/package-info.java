/** Files of messages: up to WhatsApp's media hosts and down from them (specification §20). */
@NullMarked
package io.greenfinch.client.media;

import org.jspecify.annotations.NullMarked;
