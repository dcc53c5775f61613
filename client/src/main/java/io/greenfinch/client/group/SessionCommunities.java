package io.greenfinch.client.group;

import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Wire;
import io.greenfinch.protocol.binary.Jid;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** The communities of a session. */
public final class SessionCommunities implements Communities {

    private final Wire wire;
    private final GroupState state;
    private final GroupCreation creation;

    /** Communities over this wire. */
    public SessionCommunities(Wire wire, GroupState state, SecureRandom random) {
        this.wire = wire;
        this.state = state;
        this.creation = new GroupCreation(wire, state, random);
    }

    @Override
    public Outcome<List<CommunityGroup>> groups(Jid community, Instant deadline) {
        return new CommunityQuery(community, state).ask(wire, deadline);
    }

    @Override
    public Outcome<CreatedGroup> create(String subject, String description, CreationMemory memory, Instant deadline) {
        return creation.create(NewGroup.community(subject, description), memory, deadline);
    }

    @Override
    public List<Outcome<Jid>> link(Jid community, List<Jid> groups, Instant deadline) {
        return CommunityLinks.change(wire, state, community, true, checked(groups), deadline);
    }

    @Override
    public List<Outcome<Jid>> unlink(Jid community, List<Jid> groups, Instant deadline) {
        return CommunityLinks.change(wire, state, community, false, checked(groups), deadline);
    }

    private static List<Jid> checked(List<Jid> groups) {
        boolean some = !groups.isEmpty() && groups.size() <= MAX_GROUPS;
        if (!some
                || !groups.stream().allMatch(Jid::isGroup)
                || Set.copyOf(groups).size() != groups.size()) {
            throw new IllegalArgumentException("1 to " + MAX_GROUPS + " distinct groups can be named at a time");
        }
        return List.copyOf(groups);
    }
}
