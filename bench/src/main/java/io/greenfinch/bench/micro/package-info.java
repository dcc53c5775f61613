/** Micro-benchmarks of the protocol, run by JMH. */
@NullMarked
package io.greenfinch.bench.micro;

import org.jspecify.annotations.NullMarked;
