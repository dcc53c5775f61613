/** Files on their way, through the API. */
@NullMarked
package io.greenfinch.gateway.media;

import org.jspecify.annotations.NullMarked;
