/** Which devices people have: asked for, and kept up to date by what the server tells. */
@NullMarked
package io.greenfinch.client.device;

import org.jspecify.annotations.NullMarked;
