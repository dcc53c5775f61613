/** Who and what can be written to (green-api.md §10, §11): people, groups, chats, and whether somebody is on WhatsApp. */
@NullMarked
package io.greenfinch.gateway.contact;

import org.jspecify.annotations.NullMarked;
