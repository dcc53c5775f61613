@NullMarked
package io.greenfinch.gateway.picture;

import org.jspecify.annotations.NullMarked;
