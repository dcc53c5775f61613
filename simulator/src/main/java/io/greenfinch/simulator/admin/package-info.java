/** The admin HTTP interface: what the owners of the simulated phones do, what the phones saw, faults, traces (design §7). */
@NullMarked
package io.greenfinch.simulator.admin;

import org.jspecify.annotations.NullMarked;
