package io.greenfinch.client.picture;

import io.greenfinch.client.SessionEvent.PictureChanged;
import io.greenfinch.client.group.Person;
import io.greenfinch.client.stanza.StanzaDecision;
import io.greenfinch.client.stanza.StanzaHandler;
import io.greenfinch.client.stanza.StanzaTime;
import io.greenfinch.protocol.binary.Node;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Predicate;

/** Takes in that somebody or something has another picture: {@code <notification type="picture">} (specification §18, §25). */
public final class PictureNotificationHandler implements StanzaHandler {

    private final Clock clock;
    private final PictureWatches watches;
    private final Predicate<Person> isSelf;

    public PictureNotificationHandler(Clock clock, PictureWatches watches, Predicate<Person> isSelf) {
        this.clock = clock;
        this.watches = watches;
        this.isSelf = isSelf;
    }

    @Override
    public StanzaDecision decide(Node notification) {
        StanzaDecision decision = StanzaDecision.nothing();
        PictureUpdate.parse(notification).ifPresent(update -> {
            boolean byUs = update.author().map(isSelf::test).orElse(false);
            Instant at = StanzaTime.of(notification, "t").orElse(clock.instant());
            decision.effect(() -> watches.saw(update, byUs))
                    .event(new PictureChanged(at, update.subject(), update.author(), update.id()));
        });
        return decision;
    }
}
