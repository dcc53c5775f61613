@NullMarked
package io.greenfinch.gateway.http;

import org.jspecify.annotations.NullMarked;
