/** The HTTP front: routing, the order of checks, bodies in and answers out (design §6). Knows no method by name. */
@NullMarked
package io.greenfinch.gateway.http;

import org.jspecify.annotations.NullMarked;
