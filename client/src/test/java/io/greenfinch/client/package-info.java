@NullMarked
package io.greenfinch.client;

import org.jspecify.annotations.NullMarked;
