@NullMarked
package io.greenfinch.client.history;

import org.jspecify.annotations.NullMarked;
