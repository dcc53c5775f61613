/**
 * Signal: sessions between two devices and sender keys of groups (specification §11). Each step is a pure function from
 * a state and an input to a new state and an output, so that the state can be stored together with what the step caused;
 * a step that fails leaves nothing to store. States and messages are immutable and thread-safe.
 */
@NullMarked
package io.greenfinch.protocol.signal;

import org.jspecify.annotations.NullMarked;
