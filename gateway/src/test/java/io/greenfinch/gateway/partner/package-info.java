@NullMarked
package io.greenfinch.gateway.partner;

import org.jspecify.annotations.NullMarked;
