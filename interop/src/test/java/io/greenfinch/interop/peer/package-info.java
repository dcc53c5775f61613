/** Real third-party clients, each a process of its own, and what they tell. */
@NullMarked
package io.greenfinch.interop.peer;

import org.jspecify.annotations.NullMarked;
