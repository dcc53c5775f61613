@NullMarked
package io.greenfinch.client.device;

import org.jspecify.annotations.NullMarked;
