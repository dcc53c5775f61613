/** Methods that give messages to the queue of what is to be sent, and those about that queue. */
@NullMarked
package io.greenfinch.gateway.sending;

import org.jspecify.annotations.NullMarked;
