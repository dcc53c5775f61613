@NullMarked
package io.greenfinch.client.group;

import org.jspecify.annotations.NullMarked;
