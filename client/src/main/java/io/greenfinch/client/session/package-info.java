/**
 * One linked account on its own thread: logging in, staying online, coming back, being unlinked (specification §9, §10). Only what
 * holds the other rooms together lives here; a feature gets a room of its own.
 */
@NullMarked
package io.greenfinch.client.session;

import org.jspecify.annotations.NullMarked;
