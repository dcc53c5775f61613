@NullMarked
package io.greenfinch.client.door;

import org.jspecify.annotations.NullMarked;
