package io.greenfinch.client.group;

import io.greenfinch.protocol.binary.Jid;

/**
 * How we came to the door of a group.
 *
 * @param pending false when we are in; true when the admins have to decide first
 */
public record Entry(Jid group, boolean pending) {}
