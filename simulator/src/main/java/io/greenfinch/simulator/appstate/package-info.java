/** What the service keeps of the app states of accounts, without being able to read it (specification §23). */
@NullMarked
package io.greenfinch.simulator.appstate;

import org.jspecify.annotations.NullMarked;
