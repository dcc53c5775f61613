@NullMarked
package io.greenfinch.client.keys;

import org.jspecify.annotations.NullMarked;
