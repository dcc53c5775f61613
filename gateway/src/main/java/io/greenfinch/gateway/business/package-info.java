/** What businesses tell and offer (green-api.md §16). */
@NullMarked
package io.greenfinch.gateway.business;

import org.jspecify.annotations.NullMarked;
