@NullMarked
package io.greenfinch.client.store;

import org.jspecify.annotations.NullMarked;
