@NullMarked
package io.greenfinch.gateway.instance;

import org.jspecify.annotations.NullMarked;
