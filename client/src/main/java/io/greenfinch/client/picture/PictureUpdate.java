package io.greenfinch.client.picture;

import io.greenfinch.client.group.Person;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.util.Optional;

/**
 * What a {@code picture} notification tells (specification §18, §25).
 *
 * @param subject the person or the group that has another picture
 * @param author who did it; empty when the stanza does not tell
 * @param id the id of the new picture; empty when it was removed
 */
public record PictureUpdate(Jid subject, Optional<Person> author, Optional<String> id) {

    /** Empty when it tells nothing that we understand: of nobody we could name, or of a picture without an id. */
    public static Optional<PictureUpdate> parse(Node notification) {
        for (Node child : notification.children()) {
            Optional<Jid> subject = child.jid("jid")
                    .or(() -> notification.jid("from"))
                    .filter(jid -> !jid.user().isEmpty())
                    .map(Jid::account);
            Optional<Person> author = Person.of(child.jid("author"), Optional.empty());
            Optional<String> id = PictureQuestion.id(child);
            boolean removed = child.tag().equals("delete");
            boolean set = child.tag().equals("set") || child.tag().equals("add");
            if (subject.isPresent() && (removed || (set && id.isPresent()))) {
                return Optional.of(new PictureUpdate(subject.get(), author, removed ? Optional.empty() : id));
            }
        }
        return Optional.empty();
    }
}
