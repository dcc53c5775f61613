@NullMarked
package io.greenfinch.client.change;

import org.jspecify.annotations.NullMarked;
