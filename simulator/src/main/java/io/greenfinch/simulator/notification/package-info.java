/** What is told of what happened, as stanzas: world events become notifications for the devices of everybody concerned. A class here turns one kind of event into stanzas and delivers them; it changes nothing. */
@NullMarked
package io.greenfinch.simulator.notification;

import org.jspecify.annotations.NullMarked;
