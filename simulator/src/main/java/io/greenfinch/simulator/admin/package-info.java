/**
 * The admin HTTP interface: what the owners of the simulated phones do, what the phones showed, faults, traces (design §7). A
 * class here reads and writes JSON and asks the other rooms; no rule of the service stands here.
 */
@NullMarked
package io.greenfinch.simulator.admin;

import org.jspecify.annotations.NullMarked;
