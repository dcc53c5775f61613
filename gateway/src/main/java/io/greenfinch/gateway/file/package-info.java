/** Files under links of ours: those that callers bring, and those that messages tell of (green-api.md §5.3 to §5.5, §6.4). */
@NullMarked
package io.greenfinch.gateway.file;

import org.jspecify.annotations.NullMarked;
