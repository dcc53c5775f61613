@NullMarked
package io.greenfinch.client.media;

import org.jspecify.annotations.NullMarked;
