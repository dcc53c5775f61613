package io.greenfinch.gateway.group;

import io.greenfinch.client.Session;
import io.greenfinch.protocol.binary.Jid;
import java.time.Instant;

/** Links by which others may join a group. */
final class InviteLinks {

    private static final String PREFIX = "https://chat.whatsapp.com/";

    private InviteLinks() {}

    /** The link, or nothing when WhatsApp does not give it to this account. */
    static String of(Session session, Jid group, Instant deadline) {
        return session.inviteCode(group, deadline).map(PREFIX::concat).orElse("");
    }
}
