@NullMarked
package io.greenfinch.gateway;

import org.jspecify.annotations.NullMarked;
