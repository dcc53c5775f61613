@NullMarked
package io.greenfinch.client.session;

import org.jspecify.annotations.NullMarked;
