/** Changing groups: requests, what their answers mean, and finding out when there is none (specification §16.5, §16.6). */
@NullMarked
package io.greenfinch.client.change;

import org.jspecify.annotations.NullMarked;
