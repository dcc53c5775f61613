/** Files on their way: fetched from WhatsApp, or from where a caller says, kept, and served under our links (green-api.md §5, §6.4). */
@NullMarked
package io.greenfinch.gateway.media;

import org.jspecify.annotations.NullMarked;
