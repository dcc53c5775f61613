package io.greenfinch.client.group;

import io.greenfinch.client.group.GroupInquiry.Finding;
import io.greenfinch.client.stanza.Exchange;
import io.greenfinch.client.stanza.Wire;
import io.greenfinch.protocol.binary.Jid;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** Asks WhatsApp what we are in a group; the session's state learns it too. Thread-safe; blocks. */
public final class OwnMembership {

    private final GroupInquiry inquiry;
    private final GroupState state;

    /** What we are in a group. */
    public enum Place {
        ADMIN,
        MEMBER,
        OUTSIDE,
        /** There is no such group. */
        NO_GROUP,
        /** WhatsApp does not say. */
        UNDISCLOSED,
        /** There was no answer. */
        UNHEARD
    }

    public OwnMembership(Wire wire, GroupState state, Clock clock) {
        this.inquiry = new GroupInquiry(wire, clock);
        this.state = state;
    }

    /** Asks for the group. */
    public Finding ask(Jid group, Instant deadline) {
        return inquiry.ask(group, deadline, Exchange.dated(state::moment, (answer, asked) -> {
            Optional<KnownGroup> found = GroupAnswers.queried(answer, group);
            boolean listed = found.flatMap(state::ownRole).isPresent();
            if (listed) {
                found.ifPresent(metadata -> state.fetched(metadata, asked));
            } else if (found.isPresent() || GroupInquiry.saysOutside(answer)) {
                state.outside(group, false, asked);
            }
        }));
    }

    /** Asks what we are in the group. */
    public Place place(Jid group, Instant deadline) {
        return placeIn(ask(group, deadline));
    }

    /** What we are by a finding. */
    public Place placeIn(Finding finding) {
        return switch (finding) {
            case Finding.Found(KnownGroup found) ->
                state.ownRole(found)
                        .map(role -> role.admin() ? Place.ADMIN : Place.MEMBER)
                        .orElse(Place.OUTSIDE);
            case Finding.NotMember out -> Place.OUTSIDE;
            case Finding.NoGroup none -> Place.NO_GROUP;
            case Finding.Undisclosed refused -> Place.UNDISCLOSED;
            case Finding.Unheard unheard -> Place.UNHEARD;
        };
    }
}
