/** The methods about groups (green-api.md §9), leaveGroup before all (design §5). */
@NullMarked
package io.greenfinch.gateway.group;

import org.jspecify.annotations.NullMarked;
