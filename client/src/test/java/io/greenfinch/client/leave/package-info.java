@NullMarked
package io.greenfinch.client.leave;

import org.jspecify.annotations.NullMarked;
