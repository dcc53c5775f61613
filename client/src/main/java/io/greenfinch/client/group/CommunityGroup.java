package io.greenfinch.client.group;

import io.greenfinch.protocol.binary.Jid;
import java.util.OptionalInt;

/**
 * A group of a community, as those see it who are in the community.
 *
 * @param announcements whether it is the one that everybody is in
 * @param size how many members it has, where that is told
 */
public record CommunityGroup(Jid id, String subject, boolean announcements, OptionalInt size) {

    /** Names of groups are nobody else's business. */
    @Override
    public String toString() {
        return "CommunityGroup[" + id + "]";
    }
}
