/** An instance's own methods: state, settings, linking and unlinking (green-api.md §4). */
@NullMarked
package io.greenfinch.gateway.account;

import org.jspecify.annotations.NullMarked;
