/**
 * Keeping a simulated world in a file, and reading files of older simulators. What a snapshot has of an account or a group stands
 * beside those; here is the whole and its file.
 */
@NullMarked
package io.greenfinch.simulator.snapshot;

import org.jspecify.annotations.NullMarked;
