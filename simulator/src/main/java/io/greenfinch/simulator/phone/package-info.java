/** The app on the simulated phones: what a phone reads of what it is sent, and what its screen then shows. It may know stanzas and people, but hears of nothing that was not sent to the phone. */
@NullMarked
package io.greenfinch.simulator.phone;

import org.jspecify.annotations.NullMarked;
