@NullMarked
package io.greenfinch.gateway.webhook;

import org.jspecify.annotations.NullMarked;
