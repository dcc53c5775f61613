/** The requests that companions make: one table says who answers which, and each handler answers a few that belong together. A handler reads a stanza, asks the world, and puts the answer into a stanza; it knows no connection. */
@NullMarked
package io.greenfinch.simulator.request;

import org.jspecify.annotations.NullMarked;
