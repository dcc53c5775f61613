package io.greenfinch.client.device;

import io.greenfinch.client.group.Silence;

/** What is known of somebody's devices (specification §13). */
public sealed interface DeviceLookup {

    /** These. */
    record Found(DeviceList list) implements DeviceLookup {}

    /** Nobody has this number, or WhatsApp does not tell. */
    record NotFound() implements DeviceLookup {}

    /** WhatsApp refused the question. */
    record Refused(int code, String text) implements DeviceLookup {}

    /** Nothing was learnt before the deadline, or the session ended meanwhile. */
    record NoAnswer(Silence why) implements DeviceLookup {}
}
