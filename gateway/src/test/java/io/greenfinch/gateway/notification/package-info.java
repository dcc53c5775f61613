@NullMarked
package io.greenfinch.gateway.notification;

import org.jspecify.annotations.NullMarked;
