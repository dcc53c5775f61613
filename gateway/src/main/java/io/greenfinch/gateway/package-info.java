/**
 * GREEN-API over HTTP for linked WhatsApp accounts. {@link io.greenfinch.gateway.Gateway} is the whole of it; the
 * packages below are its parts.
 */
@NullMarked
package io.greenfinch.gateway;

import org.jspecify.annotations.NullMarked;
