/** Pictures of people and groups: asking for them, changing them, hearing of changes (specification §16.6, §25). */
@NullMarked
package io.greenfinch.client.picture;

import org.jspecify.annotations.NullMarked;
