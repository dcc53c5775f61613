package io.greenfinch.gateway.group;

import io.greenfinch.client.Session;
import io.greenfinch.client.group.InviteCode;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.gateway.http.Shape;
import io.greenfinch.protocol.binary.Jid;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Links by which others may join a group. Thread-safe. */
public record InviteLinks(Clock clock) {

    private static final String PREFIX = "https://chat.whatsapp.com/";

    /** No answer waits longer than this for its link alone. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /**
     * The link of a group, as an answer shows it.
     *
     * @param url empty when there is none to show
     * @param reason why there is none although there should be
     */
    record InviteLink(String url, Optional<String> reason) {
        static final Shape SHAPE = Shape.pattern("$|^" + PREFIX.replace(".", "\\.") + ".+");
        static final String REASONS = "link-refused link-unknown";
        static final InviteLink NONE = new InviteLink("", Optional.empty());
    }

    /** Asks WhatsApp for the link. */
    InviteLink of(Session session, Jid group, Instant deadline) {
        Instant patience = clock.instant().plus(PATIENCE);
        return switch (session.groups().inviteLink(group, patience.isBefore(deadline) ? patience : deadline)) {
            case Outcome.Done<InviteCode>(InviteCode code) -> new InviteLink(PREFIX + code.text(), Optional.empty());
            case Outcome.Refused<InviteCode> refused -> new InviteLink("", Optional.of("link-refused"));
            case Outcome.Unknown<InviteCode> none -> new InviteLink("", Optional.of("link-unknown"));
        };
    }
}
