/** The history that phones tell new companions (specification §22, §31.6). */
@NullMarked
package io.greenfinch.protocol.history;

import org.jspecify.annotations.NullMarked;
