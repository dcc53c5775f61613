package io.greenfinch.client.group;

import io.greenfinch.client.stanza.Answer;
import io.greenfinch.client.stanza.Exchange;
import io.greenfinch.client.stanza.Patience;
import io.greenfinch.client.stanza.Wire;
import io.greenfinch.protocol.binary.Jid;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Asks WhatsApp for a group's metadata, for as long as it takes until the deadline. Thread-safe; blocks. */
public final class GroupInquiry {

    private final Wire wire;
    private final Clock clock;

    /** What was learnt. */
    public sealed interface Finding {

        /** The group, whoever is listed in it. */
        record Found(KnownGroup group) implements Finding {}

        /** There is such a group, and we are not in it. */
        record NotMember() implements Finding {}

        record NoGroup() implements Finding {}

        /** Refused with a code that tells nothing. */
        record Undisclosed(int code) implements Finding {}

        /** Nothing was learnt. */
        record Unheard(Silence why) implements Finding {}
    }

    public GroupInquiry(Wire wire, Clock clock) {
        this.wire = wire;
        this.clock = clock;
    }

    /** Asks; {@code exchange} looks on each time. */
    public Finding ask(Jid group, Instant deadline, Exchange exchange) {
        Patience patience = new Patience(wire, clock, deadline);
        Silence why = Silence.NOT_SENT;
        while (true) {
            Optional<Duration> wait = Optional.empty();
            Answer answer = wire.ask(GroupRequests.query(group), deadline, exchange);
            switch (answer) {
                case Answer.Result result -> {
                    Optional<KnownGroup> found = GroupAnswers.queried(answer, group);
                    if (found.isPresent()) {
                        return new Finding.Found(found.get());
                    }
                    why = Silence.UNKNOWN;
                }
                case Answer.Refused refused -> {
                    if (refused.code() == 429) {
                        why = Silence.RATE_LIMITED;
                        wait = refused.backoff();
                    } else if (refused.code() >= 500) {
                        why = Silence.UNKNOWN;
                    } else {
                        return switch (refused.code()) {
                            case 403 -> new Finding.NotMember();
                            case 404, 410 -> new Finding.NoGroup();
                            default -> new Finding.Undisclosed(refused.code());
                        };
                    }
                }
                case Answer.Lost lost -> {
                    why = Silence.UNKNOWN;
                    continue; // asking twice does no harm
                }
                case Answer.Unanswered none -> {
                    return new Finding.Unheard(Silence.UNKNOWN);
                }
                case Answer.NotSent none -> {
                    return new Finding.Unheard(why);
                }
                case Answer.NotLinked none -> {
                    return new Finding.Unheard(Silence.NOT_LINKED);
                }
            }
            if (!patience.pause(wait)) {
                return new Finding.Unheard(why);
            }
        }
    }

    /** True when this answer to a query says that we are not in the group. */
    public static boolean saysOutside(Answer answer) {
        return answer instanceof Answer.Refused refused
                && (refused.code() == 403 || refused.code() == 404 || refused.code() == 410);
    }
}
