package io.greenfinch.gateway.group;

import io.greenfinch.client.Session;
import io.greenfinch.client.group.InviteCode;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.gateway.http.FieldType;
import io.greenfinch.gateway.http.Shape;
import io.greenfinch.protocol.binary.Jid;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/** Links by which others may join a group. Thread-safe. */
public record InviteLinks(Clock clock) {

    private static final String PREFIX = "https://chat.whatsapp.com/";

    /** How groups are named by those who are invited: the link, as it is shared, or the code in it. */
    static final FieldType<InviteCode> LINK = FieldType.format(
                    Pattern.compile(
                            "((https?://)?chat\\.whatsapp\\.com/(invite/)?)?[A-Za-z0-9_-]{1,64}([?#][!-~]{0,255})?"),
                    "'" + PREFIX + "invite_code' or 'invite_code'")
            .as(InviteLinks::code);

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

    private static InviteCode code(String link) {
        String path = link.split("[?#]", 2)[0];
        return new InviteCode(path.substring(path.lastIndexOf('/') + 1));
    }

    /** The link with this code. */
    static String url(InviteCode code) {
        return PREFIX + code.text();
    }

    /** Asks WhatsApp for the link. */
    InviteLink of(Session session, Jid group, Instant deadline) {
        Instant patience = clock.instant().plus(PATIENCE);
        return switch (session.groups().inviteLink(group, patience.isBefore(deadline) ? patience : deadline)) {
            case Outcome.Done<InviteCode>(InviteCode code) -> new InviteLink(url(code), Optional.empty());
            case Outcome.Refused<InviteCode> refused -> new InviteLink("", Optional.of("link-refused"));
            case Outcome.Unknown<InviteCode> none -> new InviteLink("", Optional.of("link-unknown"));
        };
    }
}
