/** The chat socket: connections, handshake, registration, login, and an answer to each request (specification §1-§4, §7, §9, §10, §12-§18). */
@NullMarked
package io.greenfinch.simulator.chat;

import org.jspecify.annotations.NullMarked;
