/** What is shown of a link beside the text that has it (green-api.md §5.1). */
@NullMarked
package io.greenfinch.gateway.preview;

import org.jspecify.annotations.NullMarked;
