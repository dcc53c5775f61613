package io.greenfinch.gateway.notification;

import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/**
 * What GREEN-API calls a webhook: something that happened and that a caller is told of, by polling or by a request to the
 * caller's own address. A kind is a case of this, and nothing else has to know it but the projection that makes it and the
 * description of the API. Immutable.
 */
public sealed interface Notification
        permits StateInstanceChanged,
                MessageNotified,
                OutgoingMessageStatus,
                IncomingCall,
                OutgoingCall,
                IncomingBlock,
                QuotaExceeded,
                AvatarInfo,
                DeviceInfo {

    /**
     * Words that tell this event from every other of its instance, the same whenever the same cause comes again: the kind first,
     * then for instance chat, sender and id of a message.
     */
    List<String> cause();

    /** When it happened. */
    Instant at();

    /** Whether it is told to somebody with these settings. */
    boolean wanted(Predicate<String> switchedOn);

    /** Its documented body, keys in the documented order. */
    ObjectNode body(InstanceData of);
}
