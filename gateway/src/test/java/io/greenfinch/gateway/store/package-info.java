@NullMarked
package io.greenfinch.gateway.store;

import org.jspecify.annotations.NullMarked;
