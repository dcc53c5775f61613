/** People of the simulated service: their phones, their linked companions, their keys and what waits for each companion. */
@NullMarked
package io.greenfinch.simulator.account;

import org.jspecify.annotations.NullMarked;
