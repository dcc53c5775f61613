@NullMarked
package io.greenfinch.gateway.docs;

import org.jspecify.annotations.NullMarked;
