@NullMarked
package io.greenfinch.client.call;

import org.jspecify.annotations.NullMarked;
