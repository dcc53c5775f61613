/** Looks for what keeps a gateway from working, and says what to do. */
@NullMarked
package io.greenfinch.app.doctor;

import org.jspecify.annotations.NullMarked;
