@NullMarked
package io.greenfinch.client.message;

import org.jspecify.annotations.NullMarked;
