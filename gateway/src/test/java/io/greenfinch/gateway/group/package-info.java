@NullMarked
package io.greenfinch.gateway.group;

import org.jspecify.annotations.NullMarked;
