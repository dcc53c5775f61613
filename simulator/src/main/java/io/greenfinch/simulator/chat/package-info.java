/**
 * The chat socket: connections of clients from the handshake to the end, logins, and the linking of companions (specification
 * §1-§4, §7-§9, §15, §21). Who needs a connection enters; what a request means stands in {@code request}.
 */
@NullMarked
package io.greenfinch.simulator.chat;

import org.jspecify.annotations.NullMarked;
