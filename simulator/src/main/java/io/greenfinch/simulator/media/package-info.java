/**
 * Encrypted files that clients store and fetch (specification §20): who may store, how long a file and its link live. The service
 * can't read them. No stanzas.
 */
@NullMarked
package io.greenfinch.simulator.media;

import org.jspecify.annotations.NullMarked;
