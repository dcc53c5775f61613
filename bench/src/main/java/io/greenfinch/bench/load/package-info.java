/** Load programs: the built app as processes of its own, measured from outside against the design's budgets. */
@NullMarked
package io.greenfinch.bench.load;

import org.jspecify.annotations.NullMarked;
