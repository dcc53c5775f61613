package io.greenfinch.simulator.notification;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.simulator.picture.PictureReplacement;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** Tells devices that somebody has another picture, or none any more (specification §25). Called while the world is locked. */
final class PictureNotifications {

    private final Supplier<String> ids;

    /** {@code ids} gives ids for stanzas. */
    PictureNotifications(Supplier<String> ids) {
        this.ids = ids;
    }

    void publish(PictureReplacement change) {
        Jid person = change.account().pn();
        Node notification = notification(ids.get(), person, person, change.at(), change.id());
        change.audience().forEach(account -> account.devices().forEach(device -> device.deliver(notification)));
    }

    /** The form is the same for people and for groups (specification §18). */
    static Node notification(String id, Jid subject, Jid author, Instant at, Optional<String> picture) {
        Node.Builder what = Node.element(picture.isPresent() ? "set" : "delete").attribute("jid", subject);
        picture.ifPresent(number -> what.attribute("id", number));
        return Node.element("notification")
                .attribute("from", subject)
                .attribute("type", "picture")
                .attribute("id", id)
                .attribute("t", at.getEpochSecond())
                .child(what.attribute("author", author))
                .build();
    }
}
