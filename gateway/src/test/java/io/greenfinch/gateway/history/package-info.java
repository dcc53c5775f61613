@NullMarked
package io.greenfinch.gateway.history;

import org.jspecify.annotations.NullMarked;
