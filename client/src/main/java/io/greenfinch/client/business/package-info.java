/** What businesses tell of themselves: their profile and their catalogue (specification §25). */
@NullMarked
package io.greenfinch.client.business;

import org.jspecify.annotations.NullMarked;
