/** Pictures of groups and people (green-api.md §4.11, §9.9, §11.2). */
@NullMarked
package io.greenfinch.gateway.picture;

import org.jspecify.annotations.NullMarked;
