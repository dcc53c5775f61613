@NullMarked
package io.greenfinch.client.time;

import org.jspecify.annotations.NullMarked;
