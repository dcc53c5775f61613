package io.greenfinch.client.group;

import io.greenfinch.client.stanza.Exchange;
import io.greenfinch.client.stanza.Wire;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** Asks WhatsApp whether we are in a group, for as long as it takes until the deadline. */
final class Inquiry {

    private final GroupInquiry groups;
    private final Memberships memberships;

    Inquiry(Wire wire, Memberships memberships, Clock clock) {
        this.groups = new GroupInquiry(wire, clock);
        this.memberships = memberships;
    }

    /**
     * Our standing in the group.
     *
     * @param departure decides what it means if we are out: after a stanza of ours it was a leave
     */
    Standing ask(Departure departure, Instant deadline) {
        return switch (groups.ask(departure.group, deadline, observing(departure))) {
            case GroupInquiry.Finding.Found found ->
                memberships.lists(found.group()) ? new Standing.Member() : new Standing.Unlisted();
            case GroupInquiry.Finding.NotMember out -> new Standing.NotMember();
            case GroupInquiry.Finding.NoGroup none -> new Standing.NoGroup();
            case GroupInquiry.Finding.Undisclosed refused -> new Standing.Undisclosed();
            case GroupInquiry.Finding.Unheard unheard -> new Standing.Unheard(unheard.why());
        };
    }

    private Exchange observing(Departure departure) {
        return Exchange.dated(memberships::moment, (answer, asked) -> {
            Optional<KnownGroup> found = GroupAnswers.queried(answer, departure.group);
            boolean gone = GroupInquiry.saysOutside(answer);
            if (gone || (found.isPresent() && !memberships.lists(found.get()))) {
                boolean byUs = departure.unknown || departure.open.isPresent();
                memberships.outside(departure.group, byUs && !departure.watch.removed(), asked);
            } else {
                found.ifPresent(metadata -> memberships.fetched(metadata, asked));
            }
        });
    }
}
