package io.greenfinch.client.group;

import io.greenfinch.protocol.binary.Jid;

/**
 * How we came into a group.
 *
 * @param pending false when we are in; true when the admins have to decide first
 */
public record Joined(Jid group, boolean pending) {}
