/** The partner's methods: making, listing and deleting instances (green-api.md §15). */
@NullMarked
package io.greenfinch.gateway.partner;

import org.jspecify.annotations.NullMarked;
