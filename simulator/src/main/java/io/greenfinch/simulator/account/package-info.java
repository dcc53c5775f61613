/**
 * People of the simulated service: accounts, their devices (phone and companions), keys, and what waits for each device. State and
 * its rules only: nothing here knows groups, requests or sockets.
 */
@NullMarked
package io.greenfinch.simulator.account;

import org.jspecify.annotations.NullMarked;
