@NullMarked
package io.greenfinch.simulator.picture;

import org.jspecify.annotations.NullMarked;
