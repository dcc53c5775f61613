/**
 * Phone calls between people, as far as the service passes them on: offers, answers and ends, never what is spoken (specification §25).
 */
@NullMarked
package io.greenfinch.simulator.call;

import org.jspecify.annotations.NullMarked;
