/** Accounts, their companions and what waits for them, without sockets. */
@NullMarked
package io.greenfinch.simulator.account;

import org.jspecify.annotations.NullMarked;
