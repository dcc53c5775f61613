/** What WhatsApp calls the people that callers name by number (specification §13). */
@NullMarked
package io.greenfinch.client.contact;

import org.jspecify.annotations.NullMarked;
