@NullMarked
package io.greenfinch.client.picture;

import org.jspecify.annotations.NullMarked;
