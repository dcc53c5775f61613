@NullMarked
package io.greenfinch.client.connection;

import org.jspecify.annotations.NullMarked;
