/**
 * Who we are: credentials, and the prekeys that the server hands out for us (specification §11, §12). Nothing here talks to people or
 * groups.
 */
@NullMarked
package io.greenfinch.client.keys;

import org.jspecify.annotations.NullMarked;
