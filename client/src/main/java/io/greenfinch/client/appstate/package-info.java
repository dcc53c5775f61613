/** What all devices of the account know in common: contacts, archived and muted chats, the own name (specification §23). */
@NullMarked
package io.greenfinch.client.appstate;

import org.jspecify.annotations.NullMarked;
