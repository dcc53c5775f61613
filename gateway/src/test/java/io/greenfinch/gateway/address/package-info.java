@NullMarked
package io.greenfinch.gateway.address;

import org.jspecify.annotations.NullMarked;
