/** Commands of the person who runs a gateway, beside it: they ask it over HTTP as any caller may. */
@NullMarked
package io.greenfinch.app.operator;

import org.jspecify.annotations.NullMarked;
