@NullMarked
package io.greenfinch.client.stanza;

import org.jspecify.annotations.NullMarked;
