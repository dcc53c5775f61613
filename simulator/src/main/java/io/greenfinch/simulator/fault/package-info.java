/**
 * Faults to order: what the service is to do wrong, to whom, how often. A new kind of fault is a new effect here, carried out
 * where the thing goes wrong.
 */
@NullMarked
package io.greenfinch.simulator.fault;

import org.jspecify.annotations.NullMarked;
